package import FleetBase

extension Catalogue {
    package static let service = Part(sentences, serviceHosts, serviceRefusals)

    private static let sentences: [Entry] = [
        ("%@ has no engine \"%@\"", "%@ no tiene ningún motor «%@»"),
        ("not version %@ of %@: %@", "no tienen la versión %@ de %@: %@"),
        ("fleet push %@ --hosts %@, or leave --no-push out", "fleet push %@ --hosts %@, o quita --no-push"),
        (
            "the engine %@ of %@ can't be built: %@ is not on the PATH",
            "no se puede construir el motor %@ de %@: %@ no está en el PATH"
        ),
        ("what the hosts have was not written down: %@", "no se ha apuntado lo que tienen los hosts: %@"),
        ("the inventory names no host", "el inventario no nombra ningún host"),
        ("add one: fleet host add NAME ADDRESS", "añade uno: fleet host add NOMBRE DIRECCIÓN"),
        (
            "%@ has %@: one text is no longer than %@",
            "%@ ocupa %@: un texto no pasa de %@"
        ),
        (
            "read the file itself, or see its lines: fleet logs",
            "lee el archivo directamente, o mira sus líneas: fleet logs"
        ),
        ("fleet %@ of %@", "fleet %@ de %@"),
        ("the feed has no operation %@", "el registro de eventos no tiene ninguna operación %@"),
        ("those that it has: fleet events", "las que tiene: fleet events"),
        ("the run has nothing of %@", "la ejecución no tiene nada de %@"),
        ("tasks done before, and not done again: %@", "tareas ya hechas, que no se repiten: %@"),
        ("the task %@ has no schedule", "la tarea %@ no tiene programación"),
        (
            "write one: schedule: every 15m, or \"30 3 * * *\" as in a crontab",
            "escribe una: schedule: every 15m, o \"30 3 * * *\" como en un crontab"
        ),
        ("no task of tasks.yaml has a schedule", "ninguna tarea de tasks.yaml tiene programación"),
        (
            "the path %@ has a line break, which no unit can have",
            "la ruta %@ tiene un salto de línea, que ninguna unidad puede tener"
        ),
        ("its secrets would lie on the host", "sus secretos quedarían en el host"),
        ("it comes after other tasks", "va detrás de otras tareas"),
        ("cron can't say %@", "cron no puede expresar %@"),
        ("%@ can't be pushed: %@", "%@ no se puede enviar: %@"),
        ("run it from this machine: fleet schedule run", "ejecútala desde esta máquina: fleet schedule run"),
        ("the secret %@ is empty", "el secreto %@ está vacío"),
        ("the key was not accepted", "no se aceptó la clave"),
        ("the quota is used up", "la cuota está agotada"),
        ("the model is not available", "el modelo no está disponible"),
        ("the model refuses to answer", "el modelo se niega a responder"),
        ("the answer is not what the API documents", "la respuesta no es la que documenta la API"),
        ("the model can't be reached from the host", "no se llega al modelo desde el host"),
        ("the model's service refuses the request", "el servicio del modelo rechaza la petición"),
        ("the worker can't use what it was given", "el trabajador no puede usar lo que se le dio"),
        ("the model did not answer in time", "el modelo no respondió a tiempo"),
        (
            "check GEMINI_API_KEY; keys come from https://aistudio.google.com/apikey",
            "revisa GEMINI_API_KEY; las claves se obtienen en https://aistudio.google.com/apikey"
        ),
        (
            "try again later, or choose another model with --model",
            "inténtalo más tarde, o elige otro modelo con --model"
        ),
        (
            "try again later, or more often with --attempts",
            "inténtalo más tarde, o más veces con --attempts"
        ),
        ("ask in other words", "pregunta con otras palabras"),
        ("is --base-url the address of a Gemini API?", "¿es --base-url la dirección de una API de Gemini?"),
        ("look at --base-url, and at the host's network", "revisa --base-url, y la red del host"),
        ("look at --model and --base-url", "revisa --model y --base-url"),
        ("give it longer with --patience", "dale más tiempo con --patience"),
        ("%@ is not an Ed25519 key", "%@ no es una clave Ed25519"),
        ("\"%@\" is no name for a key", "«%@» no sirve como nombre de una clave"),
        ("there is a key %@ already", "ya hay una clave %@"),
        ("give the new one another name", "dale otro nombre a la nueva"),
        ("ssh-keygen could not make the key %@", "ssh-keygen no pudo crear la clave %@"),
        ("is OpenSSH installed here?", "¿está OpenSSH instalado aquí?"),
        ("%@ is %@ here and %@ in the file", "%@ es %@ aquí y %@ en el archivo"),
        ("nothing is left of the question", "de la pregunta no queda nada"),
        ("a new package needs a name", "un paquete nuevo necesita un nombre"),
    ]
}
