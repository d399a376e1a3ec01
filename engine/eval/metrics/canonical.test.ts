import { describe, expect, it } from 'vitest';
import { canonicalCommand } from './canonical';

const same = (one: string, other: string) => expect(canonicalCommand(one)).toBe(canonicalCommand(other));
const different = (one: string, other: string) =>
  expect(canonicalCommand(one)).not.toBe(canonicalCommand(other));

describe('canonicalCommand', () => {
  it('folds space and quoting', () => {
    same("grep  'error'   app.log", 'grep error app.log');
    same('awk "{print}" f', "awk '{print}' f");
    same("kubectl get pods -o jsonpath='{.items}'", 'kubectl get pods -o jsonpath={.items}');
  });

  it('keeps what quotes change', () => {
    different("find . -name '*.c'", 'find . -name *.c');
    different("echo '$HOME'", 'echo "$HOME"');
    same('echo "$HOME"', 'echo $HOME');
  });

  it('knows long, short and joined options', () => {
    same('ls -la', 'ls -a -l');
    same('tar -xzf a.tgz -C /srv', 'tar --extract --gzip --file=a.tgz --directory /srv');
    same('tar xzf a.tgz', 'tar -zxf a.tgz');
    same('head -20 f', 'head -n 20 f');
    same('head -n20 f', 'head --lines=20 f');
    same('sort -t, -k2 f', "sort -k 2 -t ',' f");
    same('nvidia-smi -i 0 -q', 'nvidia-smi --query --id=0');
    same('kubectl get po -n shop', 'kubectl --namespace=shop get pods');
    same('kubectl logs pod/web -n a', 'kubectl -n a logs pods web');
  });

  it('keeps the order of operands, of stages and of find', () => {
    different('cp a b', 'cp b a');
    different('sort f | uniq', 'uniq f | sort');
    different('find . -delete -name x', 'find . -name x -delete');
  });

  it('does not mix up options that only look alike', () => {
    different('rm -r x', 'rm -f x');
    different('grep -i x f', 'grep -v x f');
    different('tool -ab', 'tool -a -b');
    different('tool --verbose', 'tool -verbose');
    different('kubectl get pods -n a', 'kubectl get pods -n b');
  });

  it('reads redirections, substitutions and operators', () => {
    same('echo a >f', 'echo a 1> f');
    same('kill `pidof x`', 'kill $(pidof x)');
    same('make && ls;', 'make&&ls');
    different('make 2>err', 'make >err');
    same('comm -12 <(sort a) <(sort b)', 'comm  -12 <(sort  a) <(sort b)');
    same('sudo systemctl restart nginx', 'systemctl restart nginx');
  });
});
