//! Tests over sample views.
