package import FleetBase
package import FleetConfig

/// What an image and a task's needs ask of a container, as options of `docker run` and `podman run`. Where its folder is
/// and who its user is, only the host knows: see `Scripts/job.sh`.
package enum ContainerOptions {
    package static func words(hasNetwork: Bool, _ needs: Needs) -> [ShellWord] {
        var words: [ShellWord] = hasNetwork ? [] : ["--network", "none"]
        if let memory = needs.memory { words += ["--memory", ShellWord("\(memory.bytes)b")] }
        if let cores = needs.cores { words += ["--cpus", ShellWord("\(cores)")] }
        return words
    }
}
