//! Numbers that follow from a seed given as parameter, the same on every node (splitmix64: Steele, Lea and Flood 2014).

pub(crate) struct Seed(pub(crate) u64);

impl Seed {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below the number given, which is above nothing.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// So many different numbers below the bound, ascending (R. Floyd's sampling, in Bentley 1987).
    pub(crate) fn some(&mut self, many: usize, bound: usize) -> Vec<usize> {
        let mut taken = std::collections::BTreeSet::new();
        for top in bound.saturating_sub(many)..bound {
            let one = self.below(top + 1);
            if !taken.insert(one) {
                taken.insert(top);
            }
        }
        taken.into_iter().collect()
    }
}
