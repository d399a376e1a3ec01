import { MdocText } from './mdoc-line';
import { roffLines } from './roff-lines';
import { macroArguments, RoffText } from './roff-text';

/** An entry of a list: an option with its text, a command, a file. Text keeps its italics marked. */
export interface PageItem {
  readonly section: string;
  readonly subsection: string;
  readonly tag: string;
  /** First paragraph only. */
  body: string;
}

export interface ManPage {
  /** The NAME section, such as 'ls, dir - list directory contents'. */
  readonly name: string;
  readonly synopsis: string;
  readonly items: readonly PageItem[];
  /** The running text, for what it mentions. */
  readonly text: string;
}

const FONTS: Record<string, readonly [boolean, boolean]> = {
  B: [false, false], SB: [false, false], SM: [false, false], R: [false, false], I: [true, true],
  BR: [false, false], RB: [false, false], BI: [false, true], IB: [true, false], IR: [true, false], RI: [false, true],
}; // biome-ignore format: a table

/** Longest body that is kept: one sentence is used. */
const LONGEST_BODY = 600;

class PageReader {
  readonly items: PageItem[] = [];
  name = '';
  synopsis = '';
  readonly text: string[] = [];
  private readonly roff = new RoffText();
  private readonly mdoc = new MdocText();
  private section = '';
  private subsection = '';
  /** The next text is the tag of an item; 'more' joins another tag to the last item. */
  private tagNext: 'no' | 'new' | 'more' = 'no';
  private item: PageItem | null = null;
  private bodyOpen = false;
  /** A paragraph that becomes an item's tag if an indented one follows (pages made from DocBook and AsciiDoc). */
  private paragraph: string[] = [];
  /** An mdoc tag that goes on over several lines (Xo … Xc). */
  private openTag: string[] | null = null;
  private unfilled = false;

  line(macro: string, rest: string): void {
    if (macro === '') this.addText(this.roff.read(rest));
    else if (Object.hasOwn(FONTS, macro)) this.addText(this.font(macro, rest));
    else if (!this.structure(macro, rest)) this.mdocLine(macro, rest);
  }

  private font(macro: string, rest: string): string {
    const alternates = macro.length === 2 && macro !== 'SB' && macro !== 'SM';
    const [odd, even] = FONTS[macro] ?? [false, false];
    const words = macroArguments(rest);
    if (!alternates) return this.roff.read(words.join(' '), odd);
    return words.map((word, at) => this.roff.read(word, at % 2 === 0 ? odd : even)).join('');
  }

  private structure(macro: string, rest: string): boolean {
    switch (macro) {
      case 'SH':
      case 'Sh':
        this.closeParagraph();
        this.section = this.heading(macro, rest);
        this.subsection = '';
        this.item = null;
        this.unfilled = false;
        return true;
      case 'SS':
      case 'Ss':
        this.closeParagraph();
        this.subsection = this.heading(macro, rest);
        this.item = null;
        return true;
      case 'TP':
        this.closeParagraph();
        this.tagNext = 'new';
        return true;
      case 'TQ':
        this.tagNext = 'more';
        return true;
      case 'IP': {
        const [tag] = macroArguments(rest);
        // Without a tag it is the indented text of what came before (help2man's .HP).
        if (!tag && this.paragraph[0]?.trimStart().startsWith('-')) this.indent();
        else this.closeParagraph();
        if (tag) this.startItem(this.roff.read(tag));
        return true;
      }
      case 'It':
        this.mdocItem(rest);
        return true;
      case 'PP':
      case 'P':
      case 'LP':
      case 'Pp':
      case 'HP':
      case 'sp':
      case 'Sp':
      case 'br':
      case 'Bl':
      case 'El':
      case 'in':
        if (macro === 'br' && this.tagNext === 'no' && this.paragraph.length === 0) return true;
        this.endParagraph(macro);
        return true;
      case 'RS':
        this.indent();
        return true;
      case 'RE':
        this.closeParagraph();
        return true;
      case 'nf':
      case 'EX':
      case 'Bd':
      case 'Vb':
        this.closeParagraph();
        this.unfilled = true;
        return true;
      case 'fi':
      case 'EE':
      case 'Ed':
      case 'Ve':
        this.unfilled = false;
        return true;
      case 'ds': {
        const [, name = '', value = ''] = /^(\S+)\s*"?(.*)$/.exec(rest) ?? [];
        this.roff.define(name, this.roff.read(value));
        return true;
      }
      case 'OP':
      case 'SY':
        this.addText(
          macroArguments(rest)
            .map((word) => this.roff.read(word))
            .join(' '),
        );
        return true;
      default:
        return false;
    }
  }

  private heading(macro: string, rest: string): string {
    const text =
      macro === 'Sh' || macro === 'Ss'
        ? this.mdoc.line('No', rest, (word) => this.roff.read(word))
        : macroArguments(rest)
            .map((word) => this.roff.read(word))
            .join(' ');
    return text.replace(/[\ue001\ue002]/g, '').trim();
  }

  private mdocLine(macro: string, rest: string): void {
    if (!/^[A-Z][a-z]{1,2}$/.test(macro) || /^(?:Dd|Dt|Os)$/.test(macro)) return;
    if (macro === 'Nm' && this.mdoc.name === '') this.mdoc.name = macroArguments(rest)[0] ?? '';
    if (macro === 'Nd') {
      this.addText(`- ${this.roff.read(rest)}`);
      return;
    }
    const text = this.mdoc.line(macro, rest, (word) => this.roff.read(word));
    if (this.openTag) {
      this.openTag.push(text);
      if (/\bXc\b/.test(`${macro} ${rest}`)) this.closeTag();
    } else this.addText(text);
  }

  private mdocItem(rest: string): void {
    this.closeParagraph();
    this.closeTag();
    const text = this.mdoc.line('It', rest, (word) => this.roff.read(word));
    this.openTag = [text];
    if (!/\bXo\b/.test(rest)) this.closeTag();
  }

  private closeTag(): void {
    if (this.openTag?.some((text) => text !== '')) this.startItem(this.openTag.join(' '));
    this.openTag = null;
  }

  private startItem(tag: string): void {
    this.item = { section: this.section, subsection: this.subsection, tag: tag.trim(), body: '' };
    this.items.push(this.item);
    this.bodyOpen = true;
    this.tagNext = 'no';
    this.text.push(tag);
  }

  private indent(): void {
    const [first, ...more] = this.paragraph;
    // Several tags one after another are set as one paragraph each, or as lines of one.
    if (first !== undefined && this.paragraph.join(' ').length < 200) {
      this.startItem([first, ...more].join(' '));
      this.paragraph = [];
    } else this.closeParagraph();
  }

  /** A paragraph ends; the item that it stands in has had its first one if it has any text. */
  private endParagraph(macro: string): void {
    if (this.openTag) return;
    if (this.paragraph.length > 0 && macro === 'sp') this.closeParagraph();
    else if (macro !== 'br' && macro !== 'in') this.closeParagraph();
    if (this.item && this.item.body !== '' && macro !== 'br') this.bodyOpen = false;
    if (macro === 'PP' || macro === 'P' || macro === 'LP' || macro === 'HP' || macro === 'El')
      this.bodyOpen = false;
  }

  private closeParagraph(): void {
    const [first] = this.paragraph;
    // A tag with its text in the same paragraph ("-x  does this") counts as an item; prose is dropped.
    if (first !== undefined && /^[\ue001\s]*-[-\w]/.test(first)) {
      const [, tag = first, body = ''] = /^\s*(-.*?)(?:\s{2,}|\t)(.*)$/s.exec(this.paragraph.join(' ')) ?? [];
      if (body || this.paragraph.length === 1) this.startItem(tag);
      else this.startItem(first);
      if (this.item) this.item.body = body || this.paragraph.slice(1).join(' ');
      this.bodyOpen = false;
    }
    this.paragraph = [];
    this.tagNext = 'no';
  }

  private addText(text: string): void {
    if (this.openTag) {
      this.openTag.push(text);
      return;
    }
    if (text.trim() === '') {
      // A blank line is a paragraph's end.
      if (this.tagNext === 'no') this.endParagraph('sp');
      return;
    }
    if (this.section === 'NAME') {
      this.name += ` ${text}`;
      return;
    }
    if (/^SYNOPSIS|^USAGE$/i.test(this.section)) {
      this.synopsis += ` ${text}`;
      if (this.section !== 'USAGE') return;
    }
    if (this.tagNext === 'new') {
      this.startItem(text);
      return;
    }
    if (this.tagNext === 'more' && this.item) {
      (this.item as { tag: string }).tag += `, ${text.trim()}`;
      this.text.push(text);
      this.tagNext = 'no';
      this.bodyOpen = true;
      return;
    }
    this.text.push(text);
    if (this.item && this.bodyOpen) {
      if (this.item.body.length < LONGEST_BODY)
        this.item.body += `${this.item.body ? ' ' : ''}${text.trim()}`;
    } else if (!this.unfilled && this.paragraph.length < 8) this.paragraph.push(text.trim());
  }

  finish(): ManPage {
    this.closeParagraph();
    this.closeTag();
    return {
      name: this.name.trim(),
      synopsis: this.synopsis.trim(),
      items: this.items,
      text: this.text.join('\n'),
    };
  }
}

/** Reads the source of a manual page, written with man(7) or mdoc(7) macros. Takes any text; never throws. */
export function readPage(source: string): ManPage {
  const reader = new PageReader();
  for (const { macro, rest } of roffLines(source)) reader.line(macro, rest);
  return reader.finish();
}
