//! The simulation: one seed, two nodes, everything that can go wrong.

pub mod check;
