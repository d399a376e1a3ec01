/** A message's place among the others of its conversation. */
export interface TreeNode {
  readonly id: number;
  /** The message that it follows; null for the first ones. */
  readonly parent: number | null;
  /** Among siblings the one with the highest number is shown; of equal ones the newest. */
  readonly chosen: number;
}

/** One message of the visible path, with all versions of it (itself among them), oldest first. */
export interface PathStep {
  readonly id: number;
  readonly versions: readonly number[];
}

/** The chain that is shown: from a first message through the shown one of each group of siblings to a last one. */
export function visiblePath(nodes: readonly TreeNode[]): PathStep[] {
  const children = childrenOf(nodes);
  const path: PathStep[] = [];
  for (let siblings = children.get(null); siblings; ) {
    const shown = siblings.reduce((best, node) => (isBefore(best, node) ? node : best));
    path.push({ id: shown.id, versions: siblings.map(({ id }) => id).sort((a, b) => a - b) });
    siblings = children.get(shown.id);
  }
  return path;
}

/** From a first message to this one; empty where it is unknown. */
export function chainTo(nodes: readonly TreeNode[], id: number): number[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const chain: number[] = [];
  for (let node = byId.get(id); node; node = node.parent === null ? undefined : byId.get(node.parent))
    chain.unshift(node.id);
  return chain;
}

/** A message and all that follows it, on every branch. */
export function branchOf(nodes: readonly TreeNode[], id: number): number[] {
  const children = childrenOf(nodes);
  const branch = nodes.some((node) => node.id === id) ? [id] : [];
  for (let at = 0; at < branch.length; at++) {
    for (const child of children.get(branch[at] ?? null) ?? []) branch.push(child.id);
  }
  return branch;
}

function isBefore(a: TreeNode, b: TreeNode): boolean {
  return a.chosen < b.chosen || (a.chosen === b.chosen && a.id < b.id);
}

function childrenOf(nodes: readonly TreeNode[]): Map<number | null, TreeNode[]> {
  const children = new Map<number | null, TreeNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(node);
    else children.set(node.parent, [node]);
  }
  return children;
}
