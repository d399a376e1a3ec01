import type { Diagnosis } from '../../engine/contract/assistant';
import { Disclosure } from '../ui/disclosure';
import { plural } from '../ui/format';
import { visibleText } from '../ui/visible-text';
import { LineButton } from './line-button';
import { SeverityMark } from './severity-mark';

interface ModelInputProps {
  readonly documentId: string;
  readonly diagnosis: Diagnosis;
}

/** Everything that the model was given, so that a claim can be held against it. */
export function ModelInput({ documentId, diagnosis }: ModelInputProps) {
  const { linesSeen, piecesLeftOut, prompts } = diagnosis;
  return (
    <Disclosure title="What the model saw">
      <div className="model-input">
        <p>
          {linesSeen.length === 0
            ? 'No line of the log was shown to the model.'
            : `${plural(linesSeen.length, 'line')} of the log.`}{' '}
          {linesSeen.length === 0
            ? ''
            : piecesLeftOut > 0
              ? `${plural(piecesLeftOut, 'piece')} of evidence had no room.`
              : 'No evidence was left out.'}
        </p>
        {linesSeen.length > 0 && (
          <ul className="citations" aria-label="Lines that the model saw">
            {linesSeen.map(({ number, text, severity }) => (
              <li key={number}>
                <LineButton documentId={documentId} line={number} />
                <SeverityMark severity={severity} />
                <span className="citation-text mono" title={visibleText(text)}>
                  {visibleText(text)}
                </span>
              </li>
            ))}
          </ul>
        )}
        {prompts.map((prompt, index) => (
          <Disclosure
            // biome-ignore lint/suspicious/noArrayIndexKey: prompts are numbered and never change
            key={index}
            title={prompts.length === 1 ? 'Exact prompt' : `Exact prompt ${index + 1} of ${prompts.length}`}
          >
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
            <pre className="prompt-text" tabIndex={0}>
              {prompt}
            </pre>
          </Disclosure>
        ))}
      </div>
    </Disclosure>
  );
}
