import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { unpackSpec } from './packed-spec';
import { readSpec } from './read-spec';
import { defaultExport } from './static-value';

const read = (source: string) =>
  readSpec(defaultExport(parse(source, { ecmaVersion: 'latest', sourceType: 'module' })), 'file');

const open = (source: string) => {
  const packed = read(source);
  if (!packed) throw new Error('no spec');
  return unpackSpec(packed, { kind: 'fig', name: 'test' }, () => null, true);
};

describe('reading a completion spec off its syntax', () => {
  it('follows constants, spreads, templates, conditions and pure helpers', () => {
    const spec = open(`
      var n={name:"path"},q=[{name:["-q","--quiet"],description:\`Say \${"less"}\`}],
      f=e=>({name:"--"+e,args:{name:e}}),
      o={name:"tool",description:"A tool. With more to say.",options:[...q,f("file"),...["a","b"].map(x=>({name:\`--\${x}\`})),
        !0?{name:"--yes",isDangerous:!0}:{name:"--no"},{name:"--paths",args:{...n,isVariadic:!0}},
        {name:"--color",args:{name:"when",isOptional:!0}}]};
      export{o as default};`);
    expect(spec.names).toEqual(['tool']);
    expect(spec.description).toBe('A tool');
    expect(spec.options.map((option) => [option.names.join(' '), option.argument])).toEqual([
      ['-q --quiet', 'none'],
      ['--file', 'required'],
      ['--a', 'none'],
      ['--b', 'none'],
      ['--yes', 'none'],
      ['--paths', 'several'],
      ['--color', 'optional'],
    ]);
    expect(spec.options[0]?.description).toBe('Say less');
    expect(spec.options[4]?.dangerous).toBe(true);
    expect(spec.complete).toBe(true);
  });

  it('gives persistent options to all subcommands, and says when one must follow', () => {
    const spec = open(`export default {name:"k",options:[{name:"-n",args:{},isPersistent:!0},{name:"-v"}],
      subcommands:[{name:["get","g"],options:[{name:"-o"}],subcommands:[{name:"all"}]}]}`);
    expect(spec.takesSubcommand).toBe('required');
    expect(spec.subcommands[0]?.names).toEqual(['get', 'g']);
    expect(spec.subcommands[0]?.options.map((one) => one.names[0])).toEqual(['-o', '-n']);
    expect(spec.subcommands[0]?.subcommands[0]?.options.map((one) => one.names[0])).toEqual(['-n']);
    expect(open('export default {name:"g",args:{},subcommands:[{name:"x"}]}').takesSubcommand).toBe(
      'optional',
    );
  });

  it.each([
    ['a generator', 'export default {name:"x",options:[{name:"-a"}],generateSpec:async()=>({})}'],
    ['unknown options', 'export default {name:"x",options:[{name:"-a"},...load()]}'],
    ['an unknown part', 'export default {...other(),name:"x",options:[{name:"-a"}]}'],
    ['a loop', 'export default {name:"x",options:[{name:"-a"},(()=>{for(;;);})()]}'],
  ])('keeps what is static beside %s and does not call it complete', (_, source) => {
    const spec = open(source);
    expect(spec.options.map((one) => one.names[0])).toEqual(['-a']);
    expect(spec.complete).toBe(false);
  });

  it('executes nothing and ends for helpers that call themselves', () => {
    const marker = Symbol.for('executed');
    Reflect.deleteProperty(globalThis, marker);
    const spec = open(`var f=x=>f(x),a=a2,a2=a;globalThis[Symbol.for("executed")]=1;
      export default {name:"x",description:f("y"),options:a}`);
    expect(spec.description).toBe('');
    expect(Reflect.has(globalThis, marker)).toBe(false);
  });

  it('reads one-dash words whole where the spec says so', () => {
    const source =
      'export default {name:"t",parserDirectives:{flagsArePosixNoncompliant:!0},options:[{name:"-auto"}]}';
    expect(open(source).optionStyle).toBe('whole');
  });

  it('loads other blocks lazily, and stops at a circle', () => {
    const packed = read('export default {name:"sudo",options:[{name:"-u"}],loadSpec:"sudo"}');
    if (!packed) throw new Error('no spec');
    const spec = unpackSpec(packed, { kind: 'fig', name: 't' }, () => ({ n: ['sudo'], s: [packed] }), true);
    expect(spec.subcommands).toHaveLength(1);
    expect(spec.subcommands[0]?.subcommands).toHaveLength(0);
  });
});
