import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestValues, withoutValues } from './request-values';

const read = (request: string) =>
  requestValues(request).map(({ kind, text, unit }) =>
    unit ? `${kind} ${text} ${unit}` : `${kind} ${text}`,
  );

describe('requestValues', () => {
  it.each([
    ['files larger than 100 kilobytes', ['size 100k k']],
    ['top five processes of the last 30m', ['number 5', 'duration 30 minute']],
    ['copy /etc/nginx/nginx.conf out of container edge', ['path /etc/nginx/nginx.conf']],
    ['is it in site/js/app.js?', ['path site/js/app.js']],
    ['build image shop/api:1.5 from Dockerfile.dev', ['path shop/api:1.5']],
    ['rename "terms of use.html"', ['quoted terms of use.html']],
    ['replace 10.20.0.2 by 10.20.0.9', ['address 10.20.0.2', 'address 10.20.0.9']],
    ['certificate of shop.example.com on port 443', ['host shop.example.com', 'number 443']],
    ['pods labelled app=checkout on gpu-node-3', ['name app=checkout', 'name gpu-node-3']],
    ['memory of GPUs 0, 1 and 3', ['number 0,1,3']],
    ['clocks to memory 1215 and graphics 1410', ['number 1215', 'number 1410']],
    ['anything below srv that is older than two weeks', ['path srv', 'duration 2 week']],
    ['a read-only, human-readable, one-off look with nvidia-smi at md5 sums', []],
  ])('%s', (request, expected) => {
    expect(read(request)).toEqual(expected);
  });

  it('gives stretches of any text, in order, that can be taken out', () => {
    const word = fc.constantFrom(
      'GPU 3',
      '/etc/x',
      "'a b'",
      '10 MB',
      'x=1',
      'and',
      ',',
      'five',
      '*.c',
      '"',
      '~/a',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (request) => {
        const values = requestValues(request);
        let at = 0;
        for (const { start, end, text: value } of values) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(value).not.toBe('');
          at = end;
        }
        expect(at).toBeLessThanOrEqual(request.length);
        expect(withoutValues(request, values).length).toBeLessThanOrEqual(request.length + values.length);
      }),
    );
  });
});
