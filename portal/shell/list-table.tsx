import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useLanguage } from '../language/language.tsx';

/** A table as all of them are here: its lines wrap, and it can be walked through by keys. */
export function ListTable<T>(props: TableProps<T>) {
  const { t } = useLanguage();
  return <Table wrapLines enableKeyboardNavigation loadingText={t('app.loading')} {...props} />;
}
