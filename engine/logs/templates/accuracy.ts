/** How well found groups and templates agree with true ones. Lists have one entry a line. */
export interface Accuracy {
  /** Grouping accuracy: share of lines whose group holds exactly the lines of their true group (Zhu et al., ICSE-SEIP 2019). */
  readonly groupingAccuracy: number;
  /** F1 of groups that are exactly right, each counted once whatever its size (FGA of Loghub-2.0, Jiang et al., ISSTA 2024). */
  readonly groupingF1: number;
  /** Share of lines whose template has the text of the true one, both put through `correctTemplate`. */
  readonly parsingAccuracy: number;
  /** The same of the texts as they are. */
  readonly literalParsingAccuracy: number;
}

export function measureAccuracy(found: readonly string[], truth: readonly string[]): Accuracy {
  const { lines, groups, foundGroups, trueGroups } = exactGroups(found, truth);
  const total = Math.max(1, truth.length);
  const correct = new Map([...new Set([...found, ...truth])].map((text) => [text, correctTemplate(text)]));
  return {
    groupingAccuracy: truth.length === 0 ? 1 : lines / total,
    groupingF1: foundGroups + trueGroups === 0 ? 1 : (2 * groups) / (foundGroups + trueGroups),
    parsingAccuracy:
      found.filter((text, at) => correct.get(text) === correct.get(truth[at] ?? '')).length / total,
    literalParsingAccuracy: found.filter((text, at) => text === truth[at]).length / total,
  };
}

/** Groups that hold exactly the lines of a true group, and their lines. */
export function exactGroups(found: readonly string[], truth: readonly string[]) {
  const foundSizes = sizes(found);
  const trueSizes = sizes(truth);
  const pairs = new Map<string, { size: number; foundLabel: string; trueLabel: string }>();
  found.forEach((foundLabel, at) => {
    const trueLabel = truth[at] ?? '';
    const key = `${foundLabel}\u0000${trueLabel}`;
    const pair = pairs.get(key);
    if (pair) pair.size++;
    else pairs.set(key, { size: 1, foundLabel, trueLabel });
  });
  let lines = 0;
  let groups = 0;
  for (const { size, foundLabel, trueLabel } of pairs.values()) {
    if (size !== foundSizes.get(foundLabel) || size !== trueSizes.get(trueLabel)) continue;
    lines += size;
    groups++;
  }
  return { lines, groups, foundGroups: foundSizes.size, trueGroups: trueSizes.size };
}

function sizes(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

const DELIMITER = /([\s,!;:=|"'[\](){}.\-+@#$%&])/;
const PATH_DELIMITER = /([\s,!;:=|"'[\](){}])/;

/**
 * Writes a template as the published evaluations do before they compare texts (Khan et al., ICSE 2022, with
 * the additions of Loghub-2.0): people who write true templates by hand differ in how much of a word they
 * take for the variable, so a word with a variable in it, a path and a row of variables are one variable.
 */
export function correctTemplate(template: string): string {
  const spaced = template.trim().replace(/\s+/g, ' ');
  const paths = spaced
    .split(PATH_DELIMITER)
    .map((token) => (/^(?:\/[^/]+)+$/.test(token) ? '<*>' : token))
    .join('');
  let text = paths
    .split(DELIMITER)
    .map((token) =>
      /^(?:true|false|null|root|admin|\d+)$/i.test(token) ||
      (/^[^\s/]*<\*>[^\s/]*$/.test(token) && token !== '<*>/<*>')
        ? '<*>'
        : token,
    )
    .join('');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/<\*>[.:#/@]?<\*>/g, '<*>').replace(/ #<\*>#? /g, ' <*> ');
    text = text.replace(/ (["'])<\*>\1 /g, ' <*> ');
  }
  return text;
}
