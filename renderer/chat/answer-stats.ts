import type { AnswerStats } from '../../app/contract/window-api';
import { formatCount, formatRate, plural } from '../ui/format';

/** Figures of an answer, each in a few words, with what it means. */
export function statsWords(stats: AnswerStats): { readonly text: string; readonly tip: string }[] {
  const { promptTokens, reusedTokens, generatedTokens, prefillMs, decodeMs, contextLength, firstTokenMs } =
    stats;
  const words: { text: string; tip: string }[] = [];
  if (generatedTokens > 1 && decodeMs > 0) {
    words.push({
      text: `${formatRate((generatedTokens / decodeMs) * 1000)} tokens/s`,
      tip: `${plural(generatedTokens, 'token')} written in ${seconds(decodeMs)}`,
    });
  }
  if (firstTokenMs !== null) {
    words.push({
      text: `first token ${seconds(firstTokenMs)}`,
      tip: `Reading took ${seconds(prefillMs)}: ${plural(promptTokens, 'token')}, of which ${formatCount(reusedTokens)} were known from before`,
    });
  }
  if (contextLength > 0) {
    const used = promptTokens + generatedTokens;
    words.push({
      text: `context ${percent(used / contextLength)} full`,
      tip: `${formatCount(used)} of ${plural(contextLength, 'token')} that the model can hold`,
    });
  }
  return words;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${formatCount(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function percent(share: number): string {
  return share < 0.01 ? 'under 1 %' : `${formatCount(Math.round(share * 100))} %`;
}
