//! Tests of the declaration text engine.
