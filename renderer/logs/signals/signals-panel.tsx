import type { ReactNode } from 'react';
import type { LogSignals, NumberOutlier } from '../../../engine/contract/log-views';
import type { LogDocument } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { formatCount, plural } from '../../ui/format';
import { visibleText } from '../../ui/visible-text';
import { LineButton } from '../line-button';
import { formatDuration, formatTime } from '../log-time';
import { PanelState } from '../panel-state';
import { PatternText } from '../patterns/pattern-text';
import { SIGNS } from '../patterns/patterns-model';
import { Sparkline } from '../patterns/sparkline';
import { SeverityMark } from '../severity-mark';
import { useAnswer } from '../use-answer';

const MOST = 50;

/** What stands out without any question: each thing leads to its line. */
export function SignalsPanel({ document }: { readonly document: LogDocument }) {
  const { id, lineCount, state } = document;
  const answer = useAnswer(id, id, `${lineCount} ${state}`, (signal) =>
    call('logs.signals', { id }, { signal }),
  );
  const signals = answer.value;
  const nothing = signals !== null && Object.values(signals).every((list) => list.length === 0);
  return (
    <PanelState answer={answer} empty={nothing ? 'Nothing stands out in this log.' : null}>
      {signals && (
        <div className="signals">
          <FirstErrors id={id} signals={signals} />
          <Patterns id={id} signals={signals} />
          <Gaps id={id} signals={signals} />
          <Outliers id={id} signals={signals} />
        </div>
      )}
    </PanelState>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

function Section({ title, count, children }: SectionProps) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="dim">{count > MOST ? `${MOST} of ${formatCount(count)}` : count}</span>
      </h3>
      <ul>{children}</ul>
    </section>
  );
}

interface PartProps {
  readonly id: string;
  readonly signals: LogSignals;
}

function FirstErrors({ id, signals: { firstErrors } }: PartProps) {
  return (
    <Section title="First errors" count={firstErrors.length}>
      {firstErrors.slice(0, MOST).map(({ pattern, text, line, before }) => (
        <li key={pattern}>
          <LineButton documentId={id} line={line} /> <PatternText text={text} />
          {before.length > 0 && (
            <ul className="citations" aria-label="Unusual lines just before">
              {before.map(({ number, text: earlier, severity }) => (
                <li key={number}>
                  <LineButton documentId={id} line={number} />
                  <SeverityMark severity={severity} />
                  <span className="citation-text mono" title={visibleText(earlier)}>
                    {visibleText(earlier.slice(0, 500))}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </Section>
  );
}

function Patterns({ id, signals: { patterns } }: PartProps) {
  return (
    <Section title="Patterns that changed" count={patterns.length}>
      {patterns
        .slice(0, MOST)
        .map(({ pattern, text, severity, count, firstLine, lastLine, spark, signs }) => (
          <li key={pattern}>
            <LineButton documentId={id} line={signs.includes('vanished') ? lastLine : firstLine} />{' '}
            {signs.map((sign) => (
              <span key={sign} className="sign" data-sign={sign} data-tip={SIGNS[sign].tip}>
                {SIGNS[sign].word}
              </span>
            ))}
            <SeverityMark severity={severity} /> <PatternText text={text} />{' '}
            <span className="dim signal-count">
              {plural(count, 'line')} <Sparkline spark={spark} />
            </span>
          </li>
        ))}
    </Section>
  );
}

function Gaps({ id, signals: { gaps } }: PartProps) {
  return (
    <Section title="Silences" count={gaps.length}>
      {gaps.slice(0, MOST).map(({ line, from, to }) => (
        <li key={line}>
          <LineButton documentId={id} line={line} /> {formatDuration(to - from)} without a line{' '}
          <span className="dim">
            {formatTime(from)} to {formatTime(to)}
          </span>
        </li>
      ))}
    </Section>
  );
}

function Outliers({ id, signals: { outliers } }: PartProps) {
  return (
    <Section title="Unusual numbers" count={outliers.length}>
      {outliers.slice(0, MOST).map((outlier) => (
        <li key={`${outlier.pattern} ${outlier.place} ${outlier.line}`}>
          <LineButton documentId={id} line={outlier.line} /> <b>{withUnit(outlier, outlier.value)}</b>{' '}
          <span className="dim">
            usually {withUnit(outlier, outlier.median)}, 95 % below {withUnit(outlier, outlier.p95)}
          </span>{' '}
          <PatternText text={outlier.text} />
        </li>
      ))}
    </Section>
  );
}

function withUnit({ unit }: NumberOutlier, value: number): string {
  const number = value.toLocaleString('en', { maximumFractionDigits: 3 });
  return unit === '' ? number : `${number} ${unit}`;
}
