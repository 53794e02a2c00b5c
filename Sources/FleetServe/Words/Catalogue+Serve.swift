package import FleetBase

extension Catalogue {
    package static let serve = Part(sentences, pages)

    private static let sentences: [Entry] = [
        (
            "%@ must hold one word of at least 16 characters, the token",
            "%@ debe contener una palabra de 16 caracteres como mínimo, el token"
        ),
        ("make one: openssl rand -hex 32", "crea una: openssl rand -hex 32"),
        ("nobody approved it, so nothing was changed", "nadie lo aprobó, así que no se cambió nada"),
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
        ("there is no operation \"%@\"", "no existe la operación «%@»"),
        ("\"%@\" is not the name of an operation", "«%@» no es el nombre de una operación"),
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
