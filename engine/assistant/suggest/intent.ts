import type { RiskLevel } from '../../contract/commands';

/** Whether a request wants to see something or to have something done. `look` where only no verb of doing was found. */
export type Intent = 'ask' | 'look' | 'do';

const ASKS =
  /^(?:please |can you |could you |i (?:want|need|would like) to )*(?:show|list|print|display|tell|see|view|get|find|which|what|whats|what's|who|whose|where|when|why|how|is|are|am|was|were|do|does|did|has|have|any|count|check|look|search|read|inspect|describe|watch|monitor|follow|tail|compare|verify|test|report|stream|sum|calculate|explain|render|measure|benchmark|query|names?|number|total|top|free|status|details|members)\b/i;
const DOES =
  /\b(?:delete|remove|erase|wipe|purge|prune|drop|kill|stop|halt|restart|reboot|start|launch|enable|disable|activate|deactivate|set|reset|clear|zero|change|modify|edit|replace|rename|move|copy|create|make|add|append|insert|install|uninstall|upgrade|update|mount|unmount|umount|format|truncate|empty|compress|gzip|zip|unzip|extract|unpack|pack|archive|encrypt|decrypt|sign|apply|scale|roll|rollback|undo|revert|cordon|uncordon|drain|taint|label|annotate|expose|forward|push|pull|commit|merge|rebase|tag|checkout|clone|build|run|exec|execute|cancel|hold|release|resume|suspend|submit|requeue|limit|lock|unlock|force|turn|switch|put|bring|give|take|tear|carve|teach|configure|register|convert|write|save|dump|export|import|sync|mirror|upload|download|fetch|allow|deny|block|ban|open|close|schedule|comment|uncomment|tighten|lower|raise|increase|decrease|grow|shrink|extend|resize|repair|fix|restore|back up|flush|rotate|vacuum|bounce|evict|attach|detach|connect|disconnect|log in|sign in|initialise|initialize|destroy|provision|deploy|patch|debug|capture|record)\b/i;
/** 'find … and delete them'. */
const THEN_DOES = new RegExp(`\\b(?:and|then|,)\\s+(?:${DOES.source.slice(5, -3)})\\b`, 'i');

export function intentOf(request: string): Intent {
  if (ASKS.test(request)) return THEN_DOES.test(request) ? 'look' : 'ask';
  return DOES.test(request) ? 'do' : 'look';
}

/**
 * What a command that does the other thing loses, in score. A question is not answered by a deletion, and who wants
 * something changed is not helped by a look at it.
 */
export function intentPenalty(intent: Intent, level: RiskLevel): number {
  if (intent === 'do') return level === 'read-only' ? 0.12 : 0;
  if (level === 'read-only') return 0;
  const share = intent === 'ask' ? 1 : 0.5;
  return share * (level === 'destructive' ? 0.25 : 0.15);
}
