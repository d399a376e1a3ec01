import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../runtime/config';
import { type Engine, loadEngine } from '../../runtime/engine';
import { agreement, loss, type Predictions, perplexity, predictions } from '../../runtime/predictions';
import { type CorpusText, corpus } from './corpus';
import { LIMIT_PERCENT, type QualityReport, type QualityRow } from './quality-report';
import { REFERENCE, VARIANTS, type Variant } from './variants';

export interface QualitySetting {
  /** The project's root. */
  readonly root: string;
  /** The shipped model. */
  readonly modelDir: string;
  /** For weights made from the model's. */
  readonly derivedDir: string;
}

/** Perplexity of the shipped model in every form that it can run in, against fp32 throughout. */
export async function benchQuality(
  setting: QualitySetting,
  say: (message: string) => void,
): Promise<QualityReport> {
  const config = parseConfig(JSON.parse(readFileSync(join(setting.modelDir, 'config.json'), 'utf8')));
  const { vocab } = config.shape;
  const reference = await withEngine(setting, REFERENCE, async (engine) => {
    const texts = corpus(setting.root, engine.tokenizer);
    return { texts, bytes: engine.model.cacheBytesPerToken, all: await predictAll(engine, vocab, texts) };
  });
  const { texts, all } = reference;
  const rows = [qualityRow(REFERENCE, reference.bytes, texts, all, all)];
  say(rowText(rows[0] as QualityRow));
  for (const variant of VARIANTS) {
    const row = await withEngine(setting, variant, async (engine) =>
      qualityRow(
        variant,
        engine.model.cacheBytesPerToken,
        texts,
        await predictAll(engine, vocab, texts),
        all,
      ),
    );
    rows.push(row);
    say(rowText(row));
  }
  const tokens = Object.fromEntries(texts.map(({ name, ids }) => [name, ids.length - 1]));
  return { model: config.name, date: new Date().toISOString(), tokens, limitPercent: LIMIT_PERCENT, rows };
}

async function withEngine<T>(
  { modelDir, derivedDir }: QualitySetting,
  { arithmetic, cache, derived }: Variant,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await loadEngine(modelDir, { arithmetic, cache, ...(derived ? { derivedDir } : {}) });
  try {
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}

async function predictAll(
  engine: Engine,
  vocab: number,
  texts: readonly CorpusText[],
): Promise<Predictions[]> {
  const all: Predictions[] = [];
  for (const { ids } of texts) all.push(await predictions(engine, vocab, ids));
  return all;
}

function qualityRow(
  variant: Variant,
  cacheBytesPerToken: number,
  texts: readonly CorpusText[],
  own: readonly Predictions[],
  reference: readonly Predictions[],
): QualityRow {
  const byText = texts.map(({ name }, i) => [
    name,
    loss([own[i] as Predictions], [reference[i] as Predictions]).percent,
  ]);
  const { percent, error } = loss(own, reference);
  return {
    ...variant,
    cacheBytesPerToken,
    perplexity: perplexity(own),
    lossPercent: percent,
    lossErrorPercent: error,
    agreementPercent: agreement(own, reference),
    lossPercentByText: Object.fromEntries(byText),
  };
}

function rowText(row: QualityRow): string {
  const { name, perplexity: value, lossPercent, lossErrorPercent, agreementPercent } = row;
  const lost = `loss ${lossPercent.toFixed(2)} ± ${lossErrorPercent.toFixed(2)} %`;
  return `  ${name}: ${value.toFixed(3)}, ${lost}, same top token ${agreementPercent.toFixed(1)} %`;
}
