//! Two linked nodes as processes of their own, with the standing desk that comes with their charter.

use std::path::Path;

use entente_node::demo::world::{Nodes, World};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

/// Runs a test on one thread.
pub fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(test);
}

/// A world in a folder, its nodes that serve, and their desk.
pub async fn served(folder: &Path) -> (World, Nodes, String) {
    let world = World::create(folder, 0).unwrap();
    let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
    let desk = entente_node::demo::desk(&mut nodes).await.unwrap();
    (world, nodes, desk)
}
