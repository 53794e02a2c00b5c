import FleetHosts

/// What hosts, and for images the master itself, run of releases.
extension Script {
    static let install = Script(
        Part.owners, Part.lock, Part.session, PackageResources.release_sh, PackageResources.signature_sh,
        PackageResources.package_lock_sh, PackageResources.install_sh)
    static let activate = Script(
        Part.owners, Part.lock, Part.session, PackageResources.release_sh, PackageResources.signature_sh,
        PackageResources.package_lock_sh, PackageResources.activate_sh)
    static let arrived = Script(PackageResources.release_sh, PackageResources.arrived_sh)
    static let rollback = Script(
        Part.owners, Part.lock, Part.session, PackageResources.release_sh, PackageResources.signature_sh,
        PackageResources.package_lock_sh, PackageResources.rollback_sh)
    static let verify = Script(
        PackageResources.release_sh, PackageResources.signature_sh, PackageResources.verify_sh)
    static let prune = Script(
        Part.lock, Part.session, PackageResources.release_sh, PackageResources.package_lock_sh,
        PackageResources.prune_sh)
    static let manifest = Script(PackageResources.manifest_sh)
    /// Rebuilds files from an older release, where a host has Python.
    static let assemble = String(decoding: PackageResources.assemble_py, as: UTF8.self)
    static let status = Script(PackageResources.status_sh)
    /// For the master itself.
    static let imageBuild = Script(PackageResources.image_build_sh)
    static let imageRuntime = Script(PackageResources.image_runtime_sh)
    static let imageStatus = Script(PackageResources.engine_sh, PackageResources.image_status_sh)
    static let imageLoad = Script(PackageResources.image_load_sh)
    static let imageForget = Script(PackageResources.engine_sh, PackageResources.image_forget_sh)
    /// What a person runs who has carried a package to a host.
    static let bundle = String(decoding: PackageResources.bundle_sh, as: UTF8.self)
}
