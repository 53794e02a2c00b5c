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
        ("run it only in this way", "ejecuta solo de este modo"),
        (
            "go on with the conversation of this name, kept in .fleet/sessions",
            "sigue con la conversación de este nombre, guardada en .fleet/sessions"
        ),
        ("begin the session anew, without what was said before", "empieza la sesión de nuevo, sin lo dicho antes"),
        (
            "wait this long, such as 10s, instead of asking a model",
            "espera este tiempo, como 10s, en vez de preguntar a un modelo"
        ),
        ("what to ask; - reads it from the standard input", "qué preguntar; - lo lee de la entrada estándar"),
        ("which model; gemini-2.5-flash when left out", "qué modelo; si se omite, gemini-2.5-flash"),
        (
            "where the model is; Google's address when left out",
            "dónde está el modelo; si se omite, la dirección de Google"
        ),
        ("a file that holds the key and nothing else", "un archivo que contiene la clave y nada más"),
        (
            "a line for sh that prints the key, such as \"pass show gemini\"",
            "una línea para sh que imprime la clave, como «pass show gemini»"
        ),
        ("how long the model may be silent; 60s when left out", "cuánto puede callar el modelo; si se omite, 60s"),
        (
            "how many times to ask a busy model; 4 when left out",
            "cuántas veces preguntar a un modelo ocupado; si se omite, 4"
        ),
        ("give either --key-file or --key-command", "da --key-file o --key-command, uno de los dos"),
        ("there is no key for the model: %@ is not set", "no hay clave para el modelo: %@ no está definida"),
        (
            "set it, or name a file with --key-file or a command with --key-command",
            "defínela, o indica un archivo con --key-file o un comando con --key-command"
        ),
        ("asking from %@", "se pregunta desde %@"),
        ("the answer was cut off at the model's limit", "la respuesta se cortó en el límite del modelo"),
        ("answered from %@ by the engine %@ in %@", "respondido desde %@ por el motor %@ en %@"),
    ]
}
