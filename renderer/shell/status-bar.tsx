import { CircleAlert, FolderCog, Lock, Monitor, Moon, Sun, Undo2 } from 'lucide-react';
import type { Theme } from '../../app/contract/settings';
import type { EngineStatus } from '../../app/contract/window-api';
import type { GenerationStats, ModelInfo } from '../../engine/contract/runtime';
import { IconButton } from '../ui/button';
import { formatCount, formatRate } from '../ui/format';
import { Progress, percentOf } from '../ui/progress';
import { setTheme, useTheme } from '../ui/theme';
import { chooseModel, useEngine, useOwnModel } from './engine-store';
import { KnowledgeItem } from './knowledge-item';

const LOCAL_ONLY =
  'Nothing leaves this machine: the model, your logs and your chats stay here. No account, no telemetry.';

export function StatusBar() {
  const status = useEngine((state) => state.status);
  return (
    <footer className="status-bar" data-engine-state={status.state}>
      <EngineSummary status={status} />
      <span className="status-space" />
      <KnowledgeItem />
      <button type="button" className="status-item" data-tip={LOCAL_ONLY} aria-description={LOCAL_ONLY}>
        <Lock size={12} aria-hidden="true" /> local only
      </button>
      <ThemeSwitch />
    </footer>
  );
}

function EngineSummary({ status }: { readonly status: EngineStatus }) {
  switch (status.state) {
    case 'starting':
      return (
        <span className="status-item" role="status">
          <span className="spinner" /> Starting the engine…
        </span>
      );
    case 'loading':
      return (
        <span className="status-item">
          <span>Loading the model… {status.total > 0 && `${percentOf(status.done, status.total)} %`}</span>
          <span className="status-progress">
            <Progress label="Loading the model" done={status.done} total={status.total} />
          </span>
        </span>
      );
    case 'failed':
      return (
        <span className="status-item status-failed">
          <CircleAlert size={13} aria-hidden="true" /> Engine failed
        </span>
      );
    case 'ready':
      return <ReadySummary model={status.model} busy={status.busy} last={status.last} />;
  }
}

interface ReadyProps {
  readonly model: ModelInfo;
  readonly busy: boolean;
  readonly last: GenerationStats | null;
}

function ReadySummary({ model, busy, last }: ReadyProps) {
  const about = `${formatCount(model.parameters)} parameters, ${model.licence}, from ${model.source}`;
  const rate = last && last.decodeMs > 0 ? (last.generatedTokens / last.decodeMs) * 1000 : null;
  return (
    <>
      <span className="status-item status-model" data-tip={about}>
        <span className="status-dot" data-busy={busy || undefined} />
        <span className="status-cut">{model.name}</span>
        <span className="visually-hidden">{busy ? 'working' : 'ready'}</span>
      </span>
      <ModelChoice />
      <span className="status-item status-device" data-tip={deviceTip(model)}>
        <span className="status-cut">
          {model.device} · {model.provider}
        </span>
      </span>
      {rate !== null && (
        <span className="status-item" data-testid="token-rate" data-tip="Speed of the last answer, measured">
          {formatRate(rate)} tokens/s
        </span>
      )}
      {last && (
        <span
          className="status-item status-context"
          data-tip={`Tokens of the last answer and what was read for it; each takes ${formatCount(model.cacheBytesPerToken)} bytes of K and V cache`}
        >
          context {formatCount(last.promptTokens + last.generatedTokens)} / {formatCount(model.contextLength)}
        </span>
      )}
    </>
  );
}

function deviceTip({ threads, slowPrefill }: ModelInfo): string {
  if (slowPrefill === null) return `${threads} threads`;
  return `${threads} threads. Prompts are read more slowly here: ${slowPrefill}`;
}

function ModelChoice() {
  const ownModel = useOwnModel();
  return (
    <>
      <IconButton
        label="Use the model in a folder…"
        icon={<FolderCog size={13} aria-hidden="true" />}
        onClick={() => chooseModel(false)}
      />
      {ownModel && (
        <IconButton
          label="Use the shipped model"
          icon={<Undo2 size={13} aria-hidden="true" />}
          onClick={() => chooseModel(true)}
        />
      )}
    </>
  );
}

const THEMES: readonly { readonly theme: Theme; readonly label: string; readonly Icon: typeof Sun }[] = [
  { theme: 'system', label: 'System theme', Icon: Monitor },
  { theme: 'light', label: 'Light theme', Icon: Sun },
  { theme: 'dark', label: 'Dark theme', Icon: Moon },
];

function ThemeSwitch() {
  const current = useTheme();
  return (
    <fieldset className="theme-switch" aria-label="Theme">
      {THEMES.map(({ theme, label, Icon }) => (
        <button
          key={theme}
          type="button"
          aria-label={label}
          aria-pressed={theme === current}
          data-tip={label}
          onClick={() => setTheme(theme)}
        >
          <Icon size={13} aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  );
}
