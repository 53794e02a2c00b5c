import FleetBase

extension Catalogue {
    /// Why an operation does not begin.
    static let serviceRefusals: [Entry] = [
        (
            "the number of hosts at once must be at least 1",
            "el número de hosts a la vez tiene que ser 1 como mínimo"
        ),
        ("a list needs a length of at least 1", "una lista necesita una longitud de 1 como mínimo"),
        ("the time limit must be longer than 0", "el límite de tiempo tiene que ser mayor que 0"),
        ("the rate must be at least 1 byte a second", "la velocidad tiene que ser 1 byte por segundo como mínimo"),
        ("leave it out to send as fast as it goes", "omítela para enviar tan rápido como se pueda"),
        ("a batch needs at least 1 host", "una tanda necesita 1 host como mínimo"),
        ("--max-failures works only with --serial", "--max-failures solo funciona con --serial"),
        (
            "without --serial every host gets the package, also when others fail",
            "sin --serial todos los hosts reciben el paquete, aunque fallen otros"
        ),
        ("at least 1 version must stay", "tiene que quedar 1 versión como mínimo"),
        (
            "fleet prune PACKAGE --keep 0 removes a package altogether",
            "fleet prune PAQUETE --keep 0 quita un paquete entero"
        ),
        ("on which hosts?", "¿en qué hosts?"),
        (
            "fleet prune --all, --hosts A,B or --group G, or --master for this machine",
            "fleet prune --all, --hosts A,B o --group G, o --master para esta máquina"
        ),
        (
            "results can be compared from 2 hosts on, not %@",
            "los resultados se pueden comparar a partir de 2 hosts, no de %@"
        ),
        (
            "Slurm chooses the nodes, so no hosts can be named, nor results compared",
            "Slurm elige los nodos, así que no se pueden nombrar hosts ni comparar resultados"
        ),
        ("sbatch takes options, such as --account=physics", "sbatch recibe opciones, como --account=physics"),
        ("which command?", "¿qué comando?"),
        ("a host has 1 to %@ slots", "un host tiene de 1 a %@ plazas"),
        ("what should the hosts get?", "¿qué hay que instalar en los hosts?"),
        ("--docker, --podman, --python or --zstd", "--docker, --podman, --python o --zstd"),
        ("an identity is one word, such as ana@example.org", "una identidad es una palabra, como ana@example.org"),
        ("the question is too long: 120 KiB are possible", "la pregunta es demasiado larga: caben 120 KiB"),
        ("what is the question?", "¿cuál es la pregunta?"),
        ("fleet ask \"…\"", "fleet ask «…»"),
        (
            "only a conversation that has a name can begin anew",
            "solo una conversación con nombre puede empezar de nuevo"
        ),
        (
            "the model's address must be one such as https://example.org/v1beta, not \"%@\"",
            "la dirección del modelo tiene que ser como https://example.org/v1beta, no «%@»"
        ),
    ]
}
