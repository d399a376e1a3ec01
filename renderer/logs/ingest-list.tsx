import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { formatBytes, plural } from '../ui/format';
import { Progress } from '../ui/progress';
import { type Ingest, useOpening } from './open-logs';

/** What is read sooner than this shows no progress, which would come and go in a blink. */
const PATIENCE_MS = 400;

/** Logs that are being read, each with its progress and a way to stop it. */
export function IngestList() {
  const ingests = useOpening((state) => state.ingests);
  const reading = ingests.length > 0;
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!reading) return setLong(false);
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [reading]);
  if (!reading || !long) return null;
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
