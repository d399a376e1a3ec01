import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManLibrary, manFolders } from './man-library';
import { readManSpec } from './man-spec';
import { readPage } from './read-page';

const PAGE = String.raw`.\" a comment
.TH FROB 1 "2026"
.de XX
.B not text
..
.SH NAME
frob \- turn things around
.SH SYNOPSIS
.B frob
[\fB\-qx\fR] [\fIOPTION\fR]... \fIFILE\fR
.SH DESCRIPTION
Turns each FILE around.
.TP
\fB\-q\fR, \fB\-\-quiet\fR
say less.  More words follow.
.TP
.BI \-o " FILE" "\fR,\fP \-\-output=" FILE
write to
.IR FILE ;
not to stdout
.TP
\fB\-\-color\fR[=\fIWHEN\fR]
use colours
.PD 0
.TP
.B \-x
.TP
.B \-\-extreme
do it twice
.PD
.ie n .IP "\-k" 4
.el .IP "\-Z" 4
keep it
.SH EXAMPLES
.TP
\-f
no option
.SH "SEE ALSO"
.BR ls (1)
`;

const DOCBOOK = String.raw`.TH CTL 1
.SH "NAME"
ctl \- control units
.SH "SYNOPSIS"
.HP \w'\fBctl\fR\ 'u
\fBctl\fR [OPTIONS...] COMMAND [UNIT...]
.SH "COMMANDS"
.PP
\fBstart\fR \fIUNIT\fR\&...
.RS 4
Start units\&. They run\&.
.RE
.PP
\fBstop\fR \fIUNIT\fR\&...
.RS 4
Stop units\&.
.RE
.SH "OPTIONS"
.PP
\fB\-t\fR, \fB\-\-type=\fR
.RS 4
Only these types, as
\fB\-\-type=help\fR
lists\&.
.RE
`;

const MDOC = `.Dd $Mdocdate$
.Dt SHH 1
.Os
.Sh NAME
.Nm shh
.Nd remote whisper
.Sh SYNOPSIS
.Nm shh
.Op Fl 46q
.Op Fl p Ar port
.Ar destination
.Sh DESCRIPTION
.Bl -tag -width Ds
.It Fl 4
Use IPv4 only.
.It Fl 6
Use IPv6 only.
.It Fl p Ar port
Port of
.Nm .
.It Fl L Xo
.Sm off
.Oo Ar bind_address : Oc
.Ar port : host : hostport
.Sm on
.Xc
Forward a port.
.It Fl q
Quiet.
.El
`;

describe('a manual page', () => {
  it('of man(7) gives description, options and arity, and is complete', () => {
    const spec = readManSpec(PAGE, 'frob', '1');
    expect(spec?.description).toBe('turn things around');
    expect(spec?.source).toEqual({ kind: 'man', name: 'man frob(1)' });
    expect(spec?.options).toEqual([
      { names: ['-q', '--quiet'], argument: 'none', argumentName: '', description: 'say less' },
      {
        names: ['-o', '--output'],
        argument: 'required',
        argumentName: 'FILE',
        description: 'write to FILE; not to stdout',
      },
      { names: ['--color'], argument: 'optional', argumentName: 'WHEN', description: 'use colours' },
      { names: ['-x'], argument: 'none', argumentName: '', description: 'do it twice' },
      { names: ['--extreme'], argument: 'none', argumentName: '', description: 'do it twice' },
      { names: ['-k'], argument: 'none', argumentName: '', description: 'keep it' },
    ]);
    expect(spec?.complete).toBe(true);
    expect(spec?.takesSubcommand).toBe('never');
  });

  it('takes letters that stand for one value of a long option for flags', () => {
    const letter = (tag: string, text: string) => `.TP\n\\fB\\-${tag}\\fR\n${text}\n`;
    const list = [
      letter('c\\fR, \\fB\\-\\-order=cpu', 'by CPU'),
      letter('m\\fR, \\fB\\-\\-order=memory', 'by memory'),
    ];
    const spec = readManSpec(`.SH NAME\ntopper \\- show\n.SH OPTIONS\n${list.join('')}`, 'topper', '1');
    expect(spec?.options.map(({ names, argument }) => [names.join(' '), argument])).toEqual([
      ['--order', 'required'],
      ['-c', 'none'],
      ['-m', 'none'],
    ]);
  });

  it('takes no words for subcommands where the commands are options', () => {
    const commands = '.TP\n\\-\\-sign\nsign\n.TP\n\\-\\-verify\nverify\n.TP\nuid\na user\n';
    const page = (list: string) =>
      `.SH NAME\nsig \\- sign\n.SH SYNOPSIS\nsig command [file]\n.SH COMMANDS\n${list}`;
    expect(readManSpec(page(commands), 'sig', '1')?.subcommands).toEqual([]);
    const words = '.TP\nstart\nbegin\n.TP\nstop\nend\n.TP\n\\-\\-now\nat once\n';
    expect(readManSpec(page(words), 'sig', '1')?.subcommands.map(({ names }) => names[0])).toEqual([
      'start',
      'stop',
    ]);
  });

  it('is not complete when its text names options that its list lacks', () => {
    const page = PAGE.replace('Turns each', 'With --alpha, --beta and --gamma, turns each');
    expect(readManSpec(page, 'frob', '1')?.complete).toBe(false);
  });

  it('of DocBook gives subcommands, with the options that all of them take', () => {
    const spec = readManSpec(DOCBOOK, 'ctl', '1');
    expect(spec?.subcommands.map((one) => [one.names[0], one.description])).toEqual([
      ['start', 'Start units'],
      ['stop', 'Stop units'],
    ]);
    expect(spec?.options).toMatchObject([{ names: ['-t', '--type'], argument: 'required' }]);
    expect(spec?.subcommands[0]?.options).toEqual(spec?.options);
  });

  it('of mdoc(7) gives options over several lines, and clusters of the synopsis', () => {
    const spec = readManSpec(MDOC, 'shh', '1');
    expect(spec?.description).toBe('remote whisper');
    expect(spec?.options.map((one) => [one.names[0], one.argument])).toEqual([
      ['-4', 'none'],
      ['-6', 'none'],
      ['-p', 'required'],
      ['-L', 'required'],
      ['-q', 'none'],
    ]);
    expect(spec?.complete).toBe(true);
  });

  it('without a NAME is none', () => {
    expect(readManSpec('just text', 'x', '1')).toBeNull();
  });

  it('takes any text', () => {
    const line = fc.constantFrom(
      ...PAGE.split('\n'),
      ...DOCBOOK.split('\n'),
      ...MDOC.split('\n'),
      '.if n \\{',
      '.\\}',
      '.ie t',
      '.el x',
      '\\',
      '.',
      '.so x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 60 }), (lines) => {
        readManSpec(lines.join('\n'), 'x', '1');
        readPage(lines.join('\n'));
      }),
    );
  });
});

describe('pages of this machine', () => {
  const library = createManLibrary(manFolders(process.env));
  const spec = (name: string) => {
    const place = library.find(name);
    const source = place ? library.read(place) : null;
    return place && source !== null ? readManSpec(source, name, place.section) : null;
  };
  const has = (name: string) => library.find(name) !== null;
  const option = (name: string, spelled: string) =>
    spec(name)?.options.find((one) => one.names.includes(spelled));

  // Options that a person counts in the page; versions differ, so it is a lower bound.
  it.each([
    ['ls', 55],
    ['grep', 40],
    ['find', 70],
    ['tar', 120],
    ['du', 25],
    ['df', 15],
    ['ps', 45],
    ['sort', 28],
    ['ssh', 40],
    ['systemctl', 45],
    ['journalctl', 45],
    ['ss', 35],
    ['xargs', 18],
    ['cut', 10],
    ['tail', 11],
    ['chmod', 8],
    ['cp', 25],
    ['rm', 10],
    ['lsblk', 25],
    ['dmesg', 25],
    ['top', 15],
    ['free', 12],
    ['curl', 200],
    ['wget', 150],
  ])('%s has at least %i options', (name, least) => {
    if (!has(name)) return;
    expect(spec(name)?.options.length).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['du', '-h', 'none'],
    ['du', '--max-depth', 'required'],
    ['find', '-name', 'required'],
    ['find', '-delete', 'none'],
    ['find', '-exec', 'several'],
    ['tar', '-f', 'required'],
    ['sort', '-k', 'required'],
    ['grep', '--color', 'optional'],
    ['journalctl', '-u', 'required'],
    ['sed', '-i', 'optional'],
    ['ssh', '-L', 'required'],
    ['ssh', '-N', 'none'],
  ])('%s %s takes %s', (name, spelled, argument) => {
    if (!has(name)) return;
    expect(option(name, spelled)?.argument).toBe(argument);
  });

  it('are complete for the GNU tools, whole-word for find, with verbs for systemctl', () => {
    for (const name of ['ls', 'du', 'sort', 'cp', 'rm', 'tail'].filter(has))
      expect(spec(name)?.complete, name).toBe(true);
    if (has('find')) expect(spec('find')?.optionStyle).toBe('whole');
    if (has('systemctl')) expect(spec('systemctl')?.subcommands.length).toBeGreaterThan(40);
  });

  it('are read in a few milliseconds', () => {
    if (!has('ls')) return;
    spec('ls');
    const start = performance.now();
    for (let round = 0; round < 10; round += 1) spec('ls');
    expect((performance.now() - start) / 10).toBeLessThan(20);
  });
});
