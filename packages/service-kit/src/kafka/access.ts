/** A user of the brokers, and by which certificates they are known. */
export interface KafkaAccess {
  readonly username: string;
  readonly password: string;
  /** PEM; those that Node trusts where it is empty. */
  readonly certificates: string;
}
