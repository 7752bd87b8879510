import type { Api } from '../../api/api.js';
import type { Operation } from '../../api/operation.js';
import type { Asked, Reply, Route } from '../../server/route.js';
import { pageContext } from '../page.js';
import { call, filledIn } from '../reference/call.js';
import { type Entry, REFERENCE_PATH, referenceOf } from '../reference/reference.js';
import { html } from '../view/html.js';
import { tryPath } from '../view/reference/operation.js';
import { DOCUMENT_PATH, ReferencePage } from '../view/reference/reference-page.js';
import { ConfirmCall, type Progress, TryPage } from '../view/reference/try-page.js';
import { refusalPage } from './refusal.js';

/**
 * The API to read and to try. What is tried needs what the operation itself needs, as a route of its
 * own, and is sent by a form of these pages only.
 */
export function referenceRoutes(api: Api, zone: string): readonly Route[] {
  const reference = () => referenceOf(api);
  const entryOf = (id: string | undefined) =>
    reference()
      .groups.flatMap((group) => group.entries)
      .find(({ operation }) => operation.id === id);
  return [
    {
      method: 'GET',
      path: REFERENCE_PATH,
      needs: 'read',
      handle: (asked) =>
        html(<ReferencePage page={pageContext(asked, zone)} reference={reference()} />),
    },
    {
      method: 'GET',
      path: DOCUMENT_PATH,
      needs: 'read',
      handle: () => ({ kind: 'json', body: api.document }),
    },
    {
      method: 'GET',
      path: `${REFERENCE_PATH}/:operation`,
      needs: 'read',
      handle(asked) {
        const entry = entryOf(asked.params['operation']);
        return entry ? show(entry, asked, zone, { kind: 'blank' }) : refusalPage(asked, 404, zone);
      },
    },
    ...api.operations.map((operation) => tryRoute(operation, () => entryOf(operation.id), zone)),
  ];
}

function tryRoute(operation: Operation, entryOf: () => Entry | undefined, zone: string): Route {
  return {
    method: 'POST',
    path: tryPath({ operation }),
    needs: operation.needs,
    async handle(asked) {
      const entry = entryOf();
      if (!entry) return refusalPage(asked, 404, zone);
      const filled = filledIn(entry, asked.form);
      const step = asked.form.get('step');
      if (step === 'change') return show(entry, asked, zone, { kind: 'change' });
      if (filled.missing.length > 0) return show(entry, asked, zone, { kind: 'incomplete' });
      if (entry.operation.isAction && step !== 'confirmed') {
        return html(<ConfirmCall {...{ entry, filled, page: pageContext(asked, zone) }} />);
      }
      const answered = await call(entry, filled, asked);
      return show(entry, asked, zone, { kind: 'answered', answered });
    },
  };
}

function show(entry: Entry, asked: Asked, zone: string, progress: Progress): Reply {
  const props = { entry, progress, page: pageContext(asked, zone) };
  const status = progress.kind === 'incomplete' ? 422 : 200;
  return html(<TryPage {...props} filled={filledIn(entry, asked.form)} />, status);
}
