import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MachineKnowledge } from '../machine-knowledge';
import { adaptExample } from './adapt-example';
import { adaptTools } from './from-examples';
import { readRequest } from './request';
import { shippedKnowledge } from './test-knowledge.test-data';
import { withFields } from './with-fields';
import { withOptions } from './with-options';

let knowledge: MachineKnowledge;
beforeAll(async () => {
  knowledge = await shippedKnowledge();
}, 120_000);
afterAll(() => knowledge.close());

const adapt = (request: string, told: string, command: string) =>
  adaptExample({ request: told, command, why: '' }, readRequest(request), adaptTools(knowledge));

describe('adaptExample', () => {
  it.each([
    // Named by the noun beside it.
    ['logs of pod api-7d9f', 'logs of a pod', 'kubectl logs POD_NAME', 'kubectl logs api-7d9f'],
    [
      'restart the container edgeproxy',
      'restart a container',
      'docker restart CONTAINER',
      'docker restart edgeproxy',
    ],
    // By what it looks like, in order.
    ['copy /etc/a.conf to /tmp', 'copy a file', 'cp FILE TARGET', 'cp /etc/a.conf /tmp'],
    // In the place of the example's own value.
    ['find the pid of postgres', 'find the pid of nginx', 'pgrep -a nginx', 'pgrep -a postgres'],
    [
      'files larger than 5 MB',
      'files larger than 1 GB',
      'find . -type f -size +1G',
      'find . -type f -size +5M',
    ],
    ['top five talkers', 'top 20 talkers', 'sort x | head -n 20', 'sort x | head -n 5'],
    // Two placeholders for one value, a whole path for a part of one, a list for an option that takes several.
    ['build image tools:dev', 'build an image', 'docker build -t IMAGE:TAG .', 'docker build -t tools:dev .'],
    ['health of /dev/sdb', 'health of a disk', 'smartctl -H /dev/DISK', 'smartctl -H /dev/sdb'],
    ['apply web.yaml', 'apply a file', 'kubectl apply -f MANIFEST.yaml', 'kubectl apply -f web.yaml'],
    ['usage of GPUs 0 and 1', 'usage of GPU 2', 'amd-smi metric -u -g 2', 'amd-smi metric -u -g 0 1'],
    // Quotes that are open stay, others are put where they are needed.
    ["lines with 'a b' in /var/log/x", 'lines with a word', "grep 'WORD' FILE", "grep 'a b' /var/log/x"],
    ["count 'a b.txt'", 'count a file', 'wc -l FILE', "wc -l 'a b.txt'"],
  ])('%s', (request, told, command, expected) => {
    expect(adapt(request, told, command).command).toBe(expected);
  });

  it('counts what is used, what is left open and what is stale', () => {
    const adapted = adapt(
      'copy /etc/a.conf to backup host',
      'copy a file to server web1',
      'scp FILE web1:TARGET',
    );
    expect(adapted.used.map(({ text }) => text)).toEqual(['/etc/a.conf']);
    expect(adapted.open).toBe(1);
    expect(adapted.stale).toBe(1);
    expect(
      adapt('limit GPU 2 to 500 W', 'monitor every 2 seconds', 'amd-smi monitor -w 2').unused,
    ).toHaveLength(2);
  });
});

describe('documented options', () => {
  const extended = (request: string, command: string) => {
    const example = { request: 'x', command, why: '' };
    const tools = adaptTools(knowledge);
    const read = readRequest(request);
    return withOptions(adaptExample(example, read, tools), example, read, tools).command;
  };

  it('are added where the request names them', () => {
    expect(extended('events in namespace shop-1', 'kubectl get events')).toBe(
      'kubectl get events --namespace shop-1',
    );
    expect(extended('firmware of AMD GPU 3 as json', 'amd-smi firmware')).toBe(
      'amd-smi firmware --gpu 3 --json',
    );
    expect(extended('ecc errors of GPU 3', 'nvidia-smi -q -d ECC')).toBe('nvidia-smi -q -d ECC --id 3');
    expect(extended('events', 'kubectl get events')).toBe('kubectl get events');
  });

  it('list the fields that are asked for', () => {
    const command = 'nvidia-smi --query-gpu=index,name --format=csv';
    const fields = (request: string) => withFields(command, readRequest(request), adaptTools(knowledge));
    expect(fields('temperature and power draw of each gpu as csv without header or units')).toBe(
      'nvidia-smi --query-gpu=temperature.gpu,power.draw --format=csv,noheader,nounits',
    );
    expect(fields('how are things')).toBeNull();
    expect(withFields('df -h', readRequest('index and name'), adaptTools(knowledge))).toBeNull();
  });
});
