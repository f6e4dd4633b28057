/** Which site something belongs to; nothing where there is one site only. */
import { Field, Select } from '@fluentui/react-components';
import { useText } from '../shell/i18n/text';
import { administrationTexts } from './texts';

interface Props {
  /** Names of all sites. */
  readonly sites: readonly string[];
  readonly value: string;
  readonly problem: { readonly validationMessage?: string };
  readonly onChange: (site: string) => void;
}

export function SiteField({ sites, value, problem, onChange }: Props) {
  const t = useText(administrationTexts);
  if (sites.length < 2) return null;
  return (
    <Field label={t.site} {...problem}>
      <Select name="site" value={value} onChange={(_, data) => onChange(data.value)}>
        {sites.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </Field>
  );
}
