package import FleetBase

extension Catalogue {
    package static let serve = Part(sentences, pages)

    private static let sentences: [Entry] = [
        (
            "%@ must hold one word of at least 16 characters, the token",
            "%@ debe contener una palabra de 16 caracteres como mínimo, el token"
        ),
        ("make one: openssl rand -hex 32", "crea una: openssl rand -hex 32"),
        (
            "the body must be JSON: Content-Type: application/json",
            "el cuerpo tiene que ser JSON: Content-Type: application/json"
        ),
        ("the body is no JSON", "el cuerpo no es JSON"),
        ("there is nothing by this address", "no hay nada en esta dirección"),
        ("this can't be asked in that way", "esto no se puede pedir de ese modo"),
        (
            "a token is needed: Authorization: Bearer TOKEN",
            "hace falta un token: Authorization: Bearer TOKEN"
        ),
        ("this word lets nobody in", "esta palabra no deja entrar a nadie"),
        (
            "a code is good once, for ten minutes; the token is good always",
            "un código vale una vez, durante diez minutos; el token vale siempre"
        ),
        ("no request has started the operation %@ here", "ninguna petición ha iniciado aquí la operación %@"),
        (
            "the field operation is missing: what is to be done",
            "falta el campo operation: qué hay que hacer"
        ),
        ("operation", "operación"),
        ("\"%@\" is not the name of an operation", "«%@» no es el nombre de una operación"),
        ("Chat", "Chat"),
        (
            "This project has no package ask, whose workers ask the models.",
            "Este proyecto no tiene el paquete ask, cuyos trabajadores preguntan a los modelos."
        ),
        ("You", "Tú"),
        ("waiting for a host; questions before this one:", "esperando un host; preguntas antes de esta:"),
        ("writing", "escribiendo"),
        ("stopped", "detenida"),
        ("Copy", "Copiar"),
        ("Copied", "Copiado"),
        ("Forget this chat?", "¿Olvidar este chat?"),
        ("from", "desde"),
        ("Your chats", "Tus chats"),
        ("New chat", "Chat nuevo"),
        ("Your question", "Tu pregunta"),
        ("Ask", "Preguntar"),
        ("Stop", "Detener"),
        ("Forget", "Olvidar"),
        ("Key, model and host", "Clave, modelo y host"),
        ("key for the model", "clave del modelo"),
        (
            "it stays in this page and goes to the worker alone",
            "se queda en esta página y solo llega al trabajador"
        ),
        ("model", "modelo"),
        ("address of the model", "dirección del modelo"),
        ("whichever fits", "el que convenga"),
        ("wait 10 s instead of asking", "esperar 10 s en vez de preguntar"),
        ("the answer is longer than 1 MiB", "la respuesta pasa de 1 MiB"),
        (
            "the result was too large to be kept any longer",
            "el resultado era demasiado grande para guardarlo más tiempo"
        ),
        ("the run %@ belongs to a chat", "la ejecución %@ es de un chat"),
        ("%@ questions of yours are on their way", "%@ preguntas tuyas están en camino"),
        ("the body is nested too deeply", "el cuerpo está anidado a demasiada profundidad"),
        ("some of it failed: see the result", "una parte falló: mira el resultado"),
        ("the server that performed it was killed", "el servidor que la ejecutaba murió"),
        ("start it once more", "iníciala otra vez"),
        ("there is no such chat", "no existe ese chat"),
        ("the answer before is not whole yet", "la respuesta anterior aún no está completa"),
        (
            "the server was stopped before the answer was whole",
            "el servidor se detuvo antes de completar la respuesta"
        ),
        ("ask once more", "pregunta otra vez"),
        ("no host can ask", "ningún host puede preguntar"),
        ("there is no key for the model", "no hay clave para el modelo"),
        ("type it into the page", "escríbela en la página"),
        ("there is no package %@", "no existe el paquete %@"),
    ]
}
