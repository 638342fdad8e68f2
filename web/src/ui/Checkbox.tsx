import styles from './Field.module.css';

interface CheckboxProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Checkbox({ label, hint, checked, onChange }: CheckboxProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" className={styles.box} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </label>
  );
}

/** On or off at once, without a form to send. */
export function Switch({ label, hint, checked, onChange }: CheckboxProps) {
  return (
    <button type="button" role="switch" aria-checked={checked} aria-label={label} className={styles.switch} onClick={() => onChange(!checked)}>
      <span>
        <span className={styles.label}>{label}</span>
        {hint && <span className={styles.hint}> {hint}</span>}
      </span>
      <span className={styles.rail} aria-hidden="true" />
    </button>
  );
}
