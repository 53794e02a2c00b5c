import FleetBase

/// A package that the program has in itself: a copy of it is a package of the project's own, to be read and changed.
///
/// Its files are those in `packages/`, to which the folder `Examples` has a link each, since two of them may have one
/// name. A link to Swift code has another ending: it is no code of this target.
package enum ExamplePackage: String, Sendable, CaseIterable, Codable {
    case benchmark, ask
    case sweepPi = "sweep-pi"

    /// Writes the package into a project, under its own name or another one.
    ///
    /// - Returns: the files, relative to the project's folder.
    /// - Throws: when there is a package of that name already.
    package func write(named name: String? = nil, in project: Project) throws(ConfigError) -> [String] {
        try project.writePackage(name ?? rawValue, files(named:))
    }

    func files(named name: String) -> [ProjectTemplate.File] {
        contents.map { file in
            var text = String(decoding: file.content, as: UTF8.self)
            if file.path == "package.yaml" {
                text.replace("name: \(rawValue)\n", with: "name: \(name)\n", maxReplacements: 1)
            }
            return ProjectTemplate.File(
                path: "packages/\(name)/\(file.path)", text: text, isExecutable: Self.isExecutable(file.path))
        }
    }

    private static func isExecutable(_ path: String) -> Bool { path.hasSuffix(".sh") || path == "benchmark.py" }

    /// The files, from the package's folder on.
    private var contents: [(path: String, content: [UInt8])] {
        switch self {
        case .benchmark:
            [
                (".gitignore", PackageResources.benchmark__gitignore),
                ("benchmark.py", PackageResources.benchmark__benchmark_py),
                ("benchmark_cython.py", PackageResources.benchmark__benchmark_cython_py),
                ("build.sh", PackageResources.benchmark__build_sh),
                ("cython/build.sh", PackageResources.benchmark__cython__build_sh),
                ("cython/walk.pyx", PackageResources.benchmark__cython__walk_pyx),
                ("drawing.py", PackageResources.benchmark__drawing_py),
                ("drawing/animation.svg", PackageResources.benchmark__drawing__animation_svg),
                ("drawing/plot.svg", PackageResources.benchmark__drawing__plot_svg),
                ("native/CLibrary/library.h", PackageResources.benchmark__native__CLibrary__library_h),
                ("native/CLibrary/module.modulemap", PackageResources.benchmark__native__CLibrary__module_modulemap),
                ("native/Contacts.swift", PackageResources.benchmark__native__Contacts_swift_txt),
                ("native/Drawing.swift", PackageResources.benchmark__native__Drawing_swift_txt),
                ("native/Flight.swift", PackageResources.benchmark__native__Flight_swift_txt),
                ("native/Grid.swift", PackageResources.benchmark__native__Grid_swift_txt),
                ("native/GridWalk.swift", PackageResources.benchmark__native__GridWalk_swift_txt),
                ("native/Main.swift", PackageResources.benchmark__native__Main_swift_txt),
                ("native/MersenneTwister.swift", PackageResources.benchmark__native__MersenneTwister_swift_txt),
                ("native/Options.swift", PackageResources.benchmark__native__Options_swift_txt),
                ("native/OutputFile.swift", PackageResources.benchmark__native__OutputFile_swift_txt),
                ("native/PairWalk.swift", PackageResources.benchmark__native__PairWalk_swift_txt),
                ("native/Particle.swift", PackageResources.benchmark__native__Particle_swift_txt),
                ("native/Particles.swift", PackageResources.benchmark__native__Particles_swift_txt),
                ("native/Recording.swift", PackageResources.benchmark__native__Recording_swift_txt),
                ("native/Report.swift", PackageResources.benchmark__native__Report_swift_txt),
                ("native/SHA256.swift", PackageResources.benchmark__native__SHA256_swift_txt),
                ("native/Strays.swift", PackageResources.benchmark__native__Strays_swift_txt),
                ("native/Template.swift", PackageResources.benchmark__native__Template_swift_txt),
                ("native/Trial.swift", PackageResources.benchmark__native__Trial_swift_txt),
                ("native/World.swift", PackageResources.benchmark__native__World_swift_txt),
                ("package.yaml", PackageResources.benchmark__package_yaml),
                ("recording.py", PackageResources.benchmark__recording_py),
            ]
        case .ask:
            [
                (".gitignore", PackageResources.ask__gitignore),
                ("ask.py", PackageResources.ask__ask_py),
                ("go/answer.go", PackageResources.ask__go__answer_go),
                ("go/build.sh", PackageResources.ask__go__build_sh),
                ("go/go.mod", PackageResources.ask__go__go_mod),
                ("go/main.go", PackageResources.ask__go__main_go),
                ("go/options.go", PackageResources.ask__go__options_go),
                ("go/problem.go", PackageResources.ask__go__problem_go),
                ("go/service.go", PackageResources.ask__go__service_go),
                ("java/Answer.java", PackageResources.ask__java__Answer_java),
                ("java/Ask.java", PackageResources.ask__java__Ask_java),
                ("java/ImpatientStream.java", PackageResources.ask__java__ImpatientStream_java),
                ("java/Json.java", PackageResources.ask__java__Json_java),
                ("java/Options.java", PackageResources.ask__java__Options_java),
                ("java/Problem.java", PackageResources.ask__java__Problem_java),
                ("java/Service.java", PackageResources.ask__java__Service_java),
                ("java/build.sh", PackageResources.ask__java__build_sh),
                ("package.yaml", PackageResources.ask__package_yaml),
            ]
        case .sweepPi:
            [
                ("package.yaml", PackageResources.sweep_pi__package_yaml),
                ("pi.py", PackageResources.sweep_pi__pi_py),
            ]
        }
    }
}
