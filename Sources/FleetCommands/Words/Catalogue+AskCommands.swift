import FleetBase

extension Catalogue {
    /// The command that asks a language model.
    static let askCommands: [Entry] = [
        (
            "ask a language model, from whichever host is free",
            "pregunta a un modelo de lenguaje, desde el host que esté libre"
        ),
        (
            "The key comes from the variable GEMINI_API_KEY, from --key-file or from --key-command, and goes to the worker's standard input alone. The answer is printed as it comes.",
            "La clave viene de la variable GEMINI_API_KEY, de --key-file o de --key-command, y va solo a la entrada estándar del trabajador. La respuesta se imprime según llega."
        ),
        ("MODEL", "MODELO"),
        (
            "go, python or java; the first that a host can run",
            "go, python o java; el primero que un host pueda ejecutar"
        ),
        ("this way to run it alone", "solo este modo de ejecutarlo"),
        (
            "go on with the conversation of this name, kept in .fleet/sessions",
            "sigue con la conversación de este nombre, guardada en .fleet/sessions"
        ),
        (
            "forget what the session holds, and begin it anew",
            "olvida lo que contiene la sesión y la empieza de nuevo"
        ),
        ("wait so long, such as 10s, instead of asking", "espera ese tiempo, como 10s, en vez de preguntar"),
        ("what to ask; - reads it from the standard input", "qué preguntar; - lo lee de la entrada estándar"),
        ("what is the question?", "¿cuál es la pregunta?"),
        ("fleet ask \"…\"", "fleet ask «…»"),
        ("--new goes with --session", "--new va con --session"),
        ("the question is too long: 120 KiB are possible", "la pregunta es demasiado larga: caben 120 KiB"),
        ("which model; gemini-2.5-flash when left out", "qué modelo; si falta, gemini-2.5-flash"),
        (
            "where the model is; Google's address when left out",
            "dónde está el modelo; si falta, la dirección de Google"
        ),
        ("a file that holds the key alone", "un archivo que contiene solo la clave"),
        (
            "a line for sh that prints the key, such as \"pass show gemini\"",
            "una línea para sh que imprime la clave, como «pass show gemini»"
        ),
        ("how long the model may be silent; 60s when left out", "cuánto puede callar el modelo; si falta, 60s"),
        (
            "how often to ask a busy model; 4 when left out",
            "cuántas veces preguntar a un modelo ocupado; si falta, 4"
        ),
        ("--key-file goes without --key-command", "--key-file va sin --key-command"),
        ("there is no key for the model: %@ is not set", "no hay clave para el modelo: %@ no está definida"),
        (
            "set it, or name a file with --key-file or a command with --key-command",
            "defínela, o indica un archivo con --key-file o una orden con --key-command"
        ),
        ("asking from %@", "se pregunta desde %@"),
        ("the answer was cut off at the model's limit", "la respuesta se cortó en el límite del modelo"),
        ("answered from %@ by the engine %@ in %@", "respondido desde %@ por el motor %@ en %@"),
    ]
}
