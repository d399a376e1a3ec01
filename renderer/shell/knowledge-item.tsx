import { BookOpen, CircleAlert } from 'lucide-react';
import type { KnowledgeStatus } from '../../app/contract/window-api';
import { useSettings } from '../settings/settings-store';
import { formatCount } from '../ui/format';
import { percentOf } from '../ui/progress';
import { askForMachineNames, useKnowledge } from './knowledge-store';

/** What is known of this machine's programs, and what it lacks; the words are in the tooltip. */
export function KnowledgeItem() {
  const { status } = useKnowledge();
  const machineNames = useSettings(({ settings }) => settings.machineNames);
  if (status.state === 'waiting') return null;
  const about = `${aboutKnowledge(status)}\n${machineNames ? 'Names of this machine are offered.' : 'Names of this machine are not read.'} Press to change that.`;
  return (
    <button
      type="button"
      className="status-item status-knowledge"
      data-testid="knowledge"
      data-state={status.state}
      data-tip={about}
      aria-description={about}
      onClick={() => void askForMachineNames()}
    >
      {status.state === 'failed' ? (
        <CircleAlert size={12} aria-hidden="true" />
      ) : (
        <BookOpen size={12} aria-hidden="true" />
      )}
      {wordsOf(status)}
    </button>
  );
}

function wordsOf(status: KnowledgeStatus): string {
  switch (status.state) {
    case 'waiting':
      return '';
    case 'gathering':
      return status.total > 0
        ? `reading manuals ${percentOf(status.done, status.total)} %`
        : 'reading manuals';
    case 'ready':
      return 'manuals';
    case 'failed':
      return 'no manuals';
  }
}

function aboutKnowledge(status: KnowledgeStatus): string {
  switch (status.state) {
    case 'waiting':
      return '';
    case 'gathering':
      return `What is known of this machine’s programs is being gathered. ${status.what}`.trim();
    case 'ready':
      return [
        `${formatCount(status.documents)} documents on programs are read for suggestions and checks.`,
        ...status.missing,
      ].join('\n');
    case 'failed':
      return `What this machine knows of its programs could not be gathered: ${status.message}`;
  }
}
