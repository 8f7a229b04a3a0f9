//! The product: one folder per module, in reading order.
