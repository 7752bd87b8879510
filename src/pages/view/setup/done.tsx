import type { CheckFinding } from '../../../check/finding.js';
import type { PageContext } from '../../page.js';
import type { WrittenPart } from '../../setup/draft.js';
import { END_PATH, REGISTER_PATH } from '../../setup/steps.js';
import { Layout } from '../layout.js';
import { Frame, StepForm, TroubleNote } from './frame.js';

interface DoneProps {
  readonly page: PageContext;
  readonly written: WrittenPart;
  /** The config, as it is typed from where the person is. */
  readonly file: string;
  readonly canRegister: boolean;
}

export function DoneStep({ page, written, file, canRegister }: DoneProps) {
  const words = page.words.setup.done;
  const { files, findings, trouble, webhooks } = written;
  const needsPerson = findings.some(({ level }) => level === 'error');
  return (
    <Frame page={page} step="done" reached="done" lead={words.lead}>
      <ul>
        {files.map((name) => (
          <li key={name} class="break">
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <h2>{words.findings}</h2>
      <TroubleNote page={page} trouble={trouble} />
      {trouble === undefined && (
        <p class={`note ${needsPerson ? 'warn' : 'good'}`}>
          {needsPerson ? words.needsYou : words.allRight}
        </p>
      )}
      <ul class="cases">
        {findings.map((finding, index) => (
          <FindingCase key={index} page={page} finding={finding} />
        ))}
      </ul>
      {canRegister && (
        <section>
          <h2>{words.webhooks}</h2>
          <p>{words.webhooksLead}</p>
          {webhooks !== undefined && (
            <pre class="wrap" lang="en" role="status">
              {webhooks}
            </pre>
          )}
          <StepForm page={page} action={REGISTER_PATH} label={words.register} style="second" />
        </section>
      )}
      <h2>{words.next}</h2>
      <p>{words.nextLead(file)}</p>
      <NextSteps page={page} file={file} />
      <StepForm page={page} action={END_PATH} label={words.end} />
    </Frame>
  );
}

const TONES = { ok: 'good', warning: 'warn', error: 'bad' } as const;

function FindingCase({ page, finding }: { page: PageContext; finding: CheckFinding }) {
  const { about, level, message, fix } = finding;
  return (
    <li class="sheet case">
      <p class="case-head">
        <span class={`badge ${TONES[level]}`}>{page.words.setup.done.levels[level]}</span>
        <strong>{about}</strong>
      </p>
      <p lang="en" class="break">
        {message}
      </p>
      {fix !== undefined && (
        <p lang="en" class="fix break">
          {fix}
        </p>
      )}
    </li>
  );
}

function NextSteps({ page, file }: { readonly page: PageContext; readonly file: string }) {
  const { commands } = page.words.setup.done;
  const named = file === 'orderpark.yaml' ? '' : ` -c ${file}`;
  const lines = [
    ['check', commands.check],
    ['poll', commands.poll],
    ['documents list', commands.list],
    ['run', commands.run],
  ] as const;
  return (
    <dl class="facts">
      {lines.map(([command, about]) => (
        <>
          <dt>
            <code>{`npx orderpark ${command}${named}`}</code>
          </dt>
          <dd>{about}</dd>
        </>
      ))}
    </dl>
  );
}

/** The last page: nothing answers after it. */
export function EndedPage({ page }: { readonly page: PageContext }) {
  const words = page.words.setup.done;
  return (
    <Layout page={page} title={words.ended} isAlone>
      <p>{words.endedHow}</p>
    </Layout>
  );
}
