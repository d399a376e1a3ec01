import { Button } from '../ui/button';
import { formatBytes, plural } from '../ui/format';
import { Progress } from '../ui/progress';
import { type Ingest, useOpening } from './open-logs';

/** Logs that are being read, each with its progress and a way to stop it. */
export function IngestList() {
  const ingests = useOpening((state) => state.ingests);
  if (ingests.length === 0) return null;
  return (
    <ul className="ingests" aria-label="Logs being read">
      {ingests.map((ingest) => (
        <IngestRow key={ingest.key} ingest={ingest} />
      ))}
    </ul>
  );
}

function IngestRow({ ingest }: { readonly ingest: Ingest }) {
  const { name, progress, cancel } = ingest;
  const { bytesDone, bytesTotal, lines } = progress;
  return (
    <li>
      <span className="cut">{name}</span>
      <Progress label={`Reading ${name}`} done={bytesDone} total={bytesTotal} />
      <span className="dim">
        {plural(lines, 'line')} · {formatBytes(bytesDone)}
        {bytesTotal > 0 && ` of ${formatBytes(bytesTotal)}`}
      </span>
      <Button kind="plain" aria-label={`Cancel reading ${name}`} onClick={cancel}>
        Cancel
      </Button>
    </li>
  );
}
