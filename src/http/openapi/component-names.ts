import type * as z from 'zod';
import { Account } from '../../domain/unified/account.ts';
import { AgedCreditorReport, AgedDebtorReport } from '../../domain/unified/aged-report.ts';
import { Bill } from '../../domain/unified/bill.ts';
import { BillPayment } from '../../domain/unified/bill-payment.ts';
import { CompanyInfo } from '../../domain/unified/company-info.ts';
import { CreditNote } from '../../domain/unified/credit-note.ts';
import { Customer } from '../../domain/unified/customer.ts';
import { DirectCost } from '../../domain/unified/direct-cost.ts';
import { DirectIncome } from '../../domain/unified/direct-income.ts';
import { Invoice, InvoiceLine } from '../../domain/unified/invoice.ts';
import { Item } from '../../domain/unified/item.ts';
import { JournalEntry } from '../../domain/unified/journal-entry.ts';
import * as parts from '../../domain/unified/parts.ts';
import { Payment } from '../../domain/unified/payment.ts';
import { ReportLine } from '../../domain/unified/report-line.ts';
import { BalanceSheet, CashFlowStatement, ProfitAndLoss } from '../../domain/unified/statements.ts';
import { Supplier } from '../../domain/unified/supplier.ts';
import { TaxRate } from '../../domain/unified/tax-rate.ts';
import { TrackingCategoryTree } from '../../domain/unified/tracking-category.ts';
import type { DescribedOperation } from '../operation.ts';
import { CompanyReply } from '../wire/company-reply.ts';
import { ConnectionReply } from '../wire/connection-reply.ts';
import { ErrorMessage } from '../wire/error-message.ts';
import { HealthReply } from '../wire/health-reply.ts';
import { IntegrationReply } from '../wire/integration-reply.ts';
import { Links } from '../wire/links.ts';
import { DataStatusReply, PullOperationReply } from '../wire/pull-operation-reply.ts';
import { operationId } from './operation-id.ts';

/** Shapes that more than one operation shows, or that a reader looks for by name. */
const named: Readonly<Record<string, z.ZodType>> = {
  Company: CompanyReply,
  Connection: ConnectionReply,
  Integration: IntegrationReply,
  PullOperation: PullOperationReply,
  DataStatus: DataStatusReply,
  Health: HealthReply,
  ErrorMessage,
  Links,
  Account,
  Bill,
  BillPayment,
  CompanyInfo,
  CreditNote,
  Customer,
  DirectCost,
  DirectIncome,
  Invoice,
  InvoiceLine,
  Item,
  JournalEntry,
  Payment,
  AgedCreditorReport,
  AgedDebtorReport,
  BalanceSheet,
  CashFlowStatement,
  ProfitAndLoss,
  ReportLine,
  Supplier,
  TaxRate,
  TrackingCategoryTree,
  Address: parts.Address,
  AccountRef: parts.AccountRef,
  ContactRef: parts.ContactRef,
  CustomerRef: parts.CustomerRef,
  ItemRef: parts.ItemRef,
  PaymentAllocation: parts.PaymentAllocation,
  PhoneNumber: parts.PhoneNumber,
  RecordRef: parts.RecordRef,
  SupplementalData: parts.SupplementalData,
  SupplierRef: parts.SupplierRef,
  TaxRateRef: parts.TaxRateRef,
  TrackingCategoryRef: parts.TrackingCategoryRef,
};

/** Every shape that is answered, by the name it has in the document: its own, or that of the operation. */
export function replyNames(operations: readonly DescribedOperation[]): Map<z.ZodType, string> {
  const names = new Map(Object.entries(named).map(([name, shape]) => [shape, name]));
  for (const operation of operations) {
    const { reply } = operation;
    if (reply && !names.has(reply)) names.set(reply, `${capital(operationId(operation))}Reply`);
  }
  return names;
}

/** Every body that is sent, by its name. Two operations may share one. */
export function bodyNames(operations: readonly DescribedOperation[]): Map<z.ZodType, string> {
  const names = new Map<z.ZodType, string>();
  for (const operation of operations) {
    const { body } = operation;
    if (body && !names.has(body)) names.set(body, `${capital(operationId(operation))}Body`);
  }
  return names;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
