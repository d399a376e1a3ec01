import type { ExplainedPart } from '../../engine/contract/commands';
import { Disclosure } from '../ui/disclosure';
import { visibleText } from '../ui/visible-text';
import { Words } from './words';

/** Names such as `man find(1)` are not broken at the end of a line. */
const SHORT = 24;

/** Every part that has a documented meaning, with the document. */
export function ExplanationList({ parts }: { readonly parts: readonly ExplainedPart[] }) {
  const told = parts.filter(({ meaning, role }) => meaning !== null || role === 'option');
  if (told.every(({ meaning }) => meaning === null)) return null;
  return (
    <Disclosure title="What each part does">
      <dl className="explanation" data-testid="explanation">
        {told.map(({ start, end, text, meaning, source }) => (
          <div key={`${start} ${end}`}>
            <dt>
              <code>
                <Words text={text} />
              </code>
            </dt>
            <dd>
              {meaning ? visibleText(meaning) : <span className="dim">Not documented here.</span>}
              {source && (
                <span className={`explanation-source ${source.length <= SHORT ? 'whole-word' : ''}`}>
                  {' '}
                  {visibleText(source)}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
