import FleetBase

/// What a new package begins with: it can be built, pushed and run as it is.
package enum PackageSkeleton: String, Sendable, CaseIterable, Codable {
    case shell, python, native, image

    /// Writes a package into a project.
    ///
    /// - Returns: the files, relative to the project's folder.
    /// - Throws: when there is one of that name already.
    package func write(named name: String, in project: Project) throws(ConfigError) -> [String] {
        try project.writePackage(name, files(named:))
    }

    func files(named name: String) -> [ProjectTemplate.File] {
        let texts: [(file: String, text: String)] =
            switch self {
            case .shell: [("package.yaml", shellPackage(name)), ("\(name).sh", shellWorker(name))]
            case .python: [("package.yaml", pythonPackage(name)), ("\(name).py", Self.pythonWorker)]
            case .native:
                [("package.yaml", nativePackage(name)), ("build.sh", buildScript(name)), ("\(name).c", Self.cWorker)]
            case .image:
                [("package.yaml", imagePackage(name)), ("build.sh", buildScript(name)), ("\(name).c", Self.cWorker)]
            }
        return texts.map {
            ProjectTemplate.File(
                path: "packages/\(name)/\($0.file)", text: $0.text, isExecutable: $0.file.hasSuffix(".sh"))
        }
    }

    private func head(_ name: String) -> String {
        """
        name: \(name)
        version: 1.0.0
        description: greets, and counts the bytes of the name
        parameters:
          name: { type: string, default: world, help: { en: whom to greet, es: a quién saludar } }

        """
    }

    private func shellPackage(_ name: String) -> String {
        head(name) + """
            engines:
              sh: { methods: [docker, podman, native], run: sh \(name).sh }
            metrics:
              bytes: { type: int }

            """
    }

    private func pythonPackage(_ name: String) -> String {
        head(name) + """
            engines:
              python:
                methods: [venv, python]
                run: python3 \(name).py
                # requirements: requirements.txt     # for a venv that is made once on each host
            metrics:
              bytes: { type: int }

            """
    }

    private func nativePackage(_ name: String) -> String {
        head(name) + """
            engines:
              native: { methods: [native], run: ./\(name) }
            metrics:
              bytes: { type: int }
            build:                                 # on this machine; a static program runs on any Linux of its kind
              run: ./build.sh
              inputs: [build.sh, \(name).c]
              outputs: [\(name)]

            """
    }

    private func imagePackage(_ name: String) -> String {
        head(name) + """
            engines:
              native: { methods: [docker, podman, native], run: ./\(name) }
            metrics:
              bytes: { type: int }
            build:
              run: ./build.sh
              inputs: [build.sh, \(name).c]
              outputs: [\(name)]
            image: { from: scratch }               # holds the static program and nothing else; no registry is needed

            """
    }

    /// A worker reads its job as JSON on standard input and its parameters as flags, and keeps what it leaves in `out/`.
    private func shellWorker(_ name: String) -> String {
        #"""
        #!/bin/sh
        # Called as: sh \#(name).sh --name NAME. Standard input has the whole job as JSON, which this worker does not need.
        set -eu

        name=world
        while [ $# -gt 0 ]; do
            case $1 in
                --name) name=$2; shift 2 ;;
                --name=*) name=${1#--name=}; shift ;;
                *) shift ;;
            esac
        done

        echo "hello, $name, from $(uname -n)"
        mkdir -p out
        printf '{"bytes": %d}\n' "$(printf %s "$name" | wc -c)" > out/metrics.json

        """#
    }

    private static let pythonWorker = """
        \"\"\"Called with the package's parameters as flags, in a folder of the run's own; keeps what it leaves in out/.\"\"\"

        import argparse
        import json
        import os
        import platform

        parser = argparse.ArgumentParser()
        parser.add_argument("--name", default="world")
        name = parser.parse_args().name

        print(f"hello, {name}, from {platform.node()}")
        with open(os.path.join(os.environ.get("FLEET_OUT", "."), "metrics.json"), "w") as file:
            json.dump({"bytes": len(name.encode())}, file)

        """

    private func buildScript(_ name: String) -> String {
        """
        #!/bin/sh
        # Makes the static program \(name) with the first C compiler that is here.
        set -eu
        cd "$(dirname "$0")"
        for compiler in cc gcc clang; do
            command -v "$compiler" >/dev/null && exec "$compiler" -O2 -static -s -o \(name) \(name).c
        done
        echo "there is no C compiler here: install gcc and libc6-dev, or clang" >&2
        exit 1

        """
    }

    private static let cWorker = #"""
        /* Called as ./PROGRAM --name NAME in a folder of the run's own; keeps what it leaves in out/. */
        #include <stdio.h>
        #include <string.h>

        int main(int count, char **words) {
            const char *name = "world";
            for (int i = 1; i + 1 < count; i++)
                if (strcmp(words[i], "--name") == 0) name = words[i + 1];
            printf("hello, %s\n", name);
            FILE *file = fopen("out/metrics.json", "w");
            if (file == NULL || fprintf(file, "{\"bytes\": %zu}\n", strlen(name)) < 0 || fclose(file) != 0) {
                perror("out/metrics.json");
                return 1;
            }
            return 0;
        }

        """#
}
