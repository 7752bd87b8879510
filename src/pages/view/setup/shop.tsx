import type { PageContext } from '../../page.js';
import type { Trouble } from '../../setup/draft.js';
import type { Problems } from '../../setup/forms.js';
import { pathOf, type Step } from '../../setup/steps.js';
import { Check, Field } from './field.js';
import { Frame, StepForm, TroubleNote } from './frame.js';

/** What a form shows: what was typed, and what is wrong with it. */
export interface Shown {
  readonly values: URLSearchParams;
  readonly problems: Problems;
  readonly trouble?: Trouble | undefined;
}

interface ShopProps {
  readonly page: PageContext;
  readonly reached: Step;
  readonly shown: Shown;
}

export function ShopStep({ page, reached, shown: { values, problems, trouble } }: ShopProps) {
  const words = page.words.setup.shop;
  const value = (name: string) => values.get(name) ?? '';
  return (
    <Frame page={page} step="shop" reached={reached} lead={words.lead}>
      <TroubleNote page={page} trouble={trouble} />
      <StepForm page={page} action={pathOf('shop')}>
        <Field
          {...{ page, name: 'url', label: words.url, value: value('url') }}
          {...{ help: words.urlHelp, problem: problems['url'], isNeeded: true }}
        />
        <Check
          name="allowPlainHttp"
          label={words.allowPlainHttp}
          isOn={values.has('allowPlainHttp')}
        />
        <Field
          {...{ page, name: 'ownUrl', label: words.ownUrl, value: value('ownUrl') }}
          {...{ help: words.ownUrlHelp, problem: problems['ownUrl'] }}
        />
        <Check name="webhook" label={words.webhook} isOn={values.has('webhook')} />
      </StepForm>
    </Frame>
  );
}
