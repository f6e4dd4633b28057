/** The rules of a new password, each with whether it is met, checked while typing (SET-3). */
import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, Circle16Regular } from '@fluentui/react-icons';
import { useId } from 'react';
import { brokenPasswordRules, passwordRules } from '../../shared/profile';
import { useText } from './i18n/text';

const useStyles = makeStyles({
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  rules: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXXS },
  rule: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  met: { color: tokens.colorStatusSuccessForeground1 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

export function PasswordRules({ password }: { readonly password: string }) {
  const styles = useStyles();
  const t = useText();
  const title = useId();
  const broken = brokenPasswordRules(password);
  return (
    <div>
      <p className={styles.hint} id={title}>
        {t.passwordRulesTitle}
      </p>
      <ul className={styles.rules} aria-labelledby={title}>
        {passwordRules.map((rule) => {
          const met = password !== '' && !broken.includes(rule);
          return (
            <li key={rule} className={styles.rule}>
              {met ? <CheckmarkCircle16Filled className={styles.met} /> : <Circle16Regular />}
              <span>
                {t.passwordRules[rule]}
                <span className={styles.hidden}>: {met ? t.ruleMet : t.ruleNotMet}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
