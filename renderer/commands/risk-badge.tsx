import {
  ChevronDown,
  CircleHelp,
  Eye,
  FileWarning,
  LoaderCircle,
  PencilLine,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react';
import { useId, useState } from 'react';
import type { CommandRisk, RiskLevel } from '../../engine/contract/commands';
import { visibleText } from '../ui/visible-text';
import { RISK_WORDS } from './risk-words';

/** A sign of its own for each level, beside the words; colour only repeats them. */
const ICONS: Readonly<Record<RiskLevel, typeof Eye>> = {
  'read-only': Eye,
  changes: PencilLine,
  destructive: TriangleAlert,
};

interface RiskBadgeProps {
  /** Null: not known yet, or not to be had. */
  readonly risk: CommandRisk | null;
  readonly pending: boolean;
}

/** What running the command would do, by parsing it, with the reasons on demand. */
export function RiskBadge({ risk, pending }: RiskBadgeProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!risk) return <UnknownRisk pending={pending} />;
  const { level, needsRoot, runsUnseenCode, reasons } = risk;
  const Icon = ICONS[level];
  const [worst, ...others] = reasons;
  const said = level === 'destructive' ? others : reasons;
  return (
    <div className="risk" data-level={level} data-testid="risk">
      <p className="risk-line">
        <span className="risk-mark" data-level={level}>
          <Icon size={13} aria-hidden="true" /> {RISK_WORDS[level]}
        </span>
        {needsRoot && (
          <span className="risk-mark" data-level="root">
            <ShieldAlert size={13} aria-hidden="true" /> Needs root
          </span>
        )}
        {runsUnseenCode && (
          <span className="risk-mark" data-level="unseen">
            <FileWarning size={13} aria-hidden="true" /> Runs unseen code
          </span>
        )}
        {said.length > 0 && (
          <button
            type="button"
            className="risk-why"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {level === 'destructive' ? `${said.length} more` : 'Why?'}
            <ChevronDown size={12} aria-hidden="true" />
          </button>
        )}
      </p>
      {level === 'destructive' && worst && <p className="risk-worst">{visibleText(worst)}</p>}
      <ul id={id} className="risk-reasons" aria-label="Reasons" hidden={!open}>
        {open && said.map((reason) => <li key={reason}>{visibleText(reason)}</li>)}
      </ul>
    </div>
  );
}

function UnknownRisk({ pending }: { readonly pending: boolean }) {
  return (
    <div className="risk" data-testid="risk">
      <p className="risk-line">
        <span className="risk-mark" data-level="unknown">
          {pending ? (
            <LoaderCircle size={13} aria-hidden="true" />
          ) : (
            <CircleHelp size={13} aria-hidden="true" />
          )}
          {pending ? 'Being checked…' : 'Not checked'}
        </span>
      </p>
    </div>
  );
}
