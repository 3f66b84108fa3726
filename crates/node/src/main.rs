//! The binary `entente`: see `entente_node`.

fn main() -> std::process::ExitCode {
    entente_node::cli::main()
}
