package import FleetBase

extension Catalogue {
    package static let releases = Part(sentences)

    private static let sentences: [Entry] = [
        ("%@ was never installed there", "%@ nunca se ha instalado ahí"),
        ("there is no earlier version of %@ there", "ahí no hay ninguna versión anterior de %@"),
        ("there is not one version %@ of %@ there, but: %@", "ahí no hay una sola versión %@ de %@, sino: %@"),
        ("%@: the engine %@ runs %@, which is not there", "%@: el motor %@ ejecuta %@, que no está ahí"),
        ("write the file, or mend run:", "escribe el archivo o corrige run:"),
        ("%@ does not answer on the host", "%@ no responde en el host"),
        ("%@; images of removed versions stay in it", "%@; las imágenes de las versiones borradas se quedan en él"),
        (
            "is the disk full or read-only, or the folder not the user's?",
            "¿está el disco lleno o es de solo lectura, o la carpeta no es del usuario?"
        ),
        ("the host does not tell what it has of %@: %@", "el host no dice qué tiene de %@: %@"),
        ("the host does not tell what images it has: %@", "el host no dice qué imágenes tiene: %@"),
        ("the build step of %@ was ended after %@ s", "el paso de construcción de %@ se terminó tras %@ s"),
        (
            "its output is in %@; timeout: below build: in package.yaml gives it longer",
            "su salida está en %@; con timeout: bajo build: en package.yaml tiene más tiempo"
        ),
        (
            "%@: the engine %@ runs %@, which is not in the package",
            "%@: el motor %@ ejecuta %@, que no está en el paquete"
        ),
        ("%@: the engine %@ runs %@, which is not executable", "%@: el motor %@ ejecuta %@, que no es ejecutable"),
        ("make it so: chmod +x %@/%@/%@", "hazlo ejecutable: chmod +x %@/%@/%@"),
        (
            "see which rule leaves it out with: fleet package --list-files %@",
            "mira qué regla lo deja fuera con: fleet package --list-files %@"
        ),
        (
            "%@: the engine %@ requires what %@ lists, which is not there",
            "%@: el motor %@ requiere lo que lista %@, que no existe"
        ),
        ("write the file, or mend requirements:", "escribe el archivo o corrige requirements:"),
        ("the build step of %@ failed: %@", "falló el paso de construcción de %@: %@"),
        ("its whole output is in %@", "su salida completa está en %@"),
        ("the build step of %@ did not make %@", "el paso de construcción de %@ no creó %@"),
        ("%@: the package is named %@, its folder %@", "%@: el paquete se llama %@ y su carpeta %@"),
        ("give both the same name", "dales el mismo nombre a los dos"),
        ("this project has no packages", "este proyecto no tiene paquetes"),
        ("make one as packages/NAME/package.yaml", "crea uno en packages/NOMBRE/package.yaml"),
        ("there is no package \"%@\"", "no hay ningún paquete «%@»"),
        ("there is no package \"%@\", did you mean \"%@\"?", "no hay ningún paquete «%@», ¿querías decir «%@»?"),
        ("can't write on the host: %@", "no se puede escribir en el host: %@"),
        (
            "is the disk full, or the folder not the user's? root: in the inventory names another",
            "¿está lleno el disco, o la carpeta no es del usuario? root: en el inventario indica otra"
        ),
        ("a file of %@ arrived damaged: %@", "un archivo de %@ llegó dañado: %@"),
        ("push it again", "vuelve a enviarlo"),
        ("the host could not install %@: %@", "el host no pudo instalar %@: %@"),
        (
            "the host was rolled back to %@ of %@, and %@ is to be run",
            "en el host se volvió a la versión %@ de %@, y la que se va a ejecutar es %@"
        ),
        ("the next push goes on where this one was cut off", "el próximo envío sigue donde este se cortó"),
        (
            "a push makes the new version current again: fleet push %@ --hosts %@",
            "un envío vuelve a poner en uso la versión nueva: fleet push %@ --hosts %@"
        ),
        ("push it first, or leave --no-push out", "envíalo antes, o quita --no-push"),
        ("the package can't be read: %@", "no se puede leer el paquete: %@"),
        ("everything was sent anew: %@", "se envió todo de nuevo: %@"),
        (
            "%@ takes %@, and the host has %@ left",
            "%@ ocupa %@ y al host le quedan %@"
        ),
        (
            "make room there, for instance with: fleet prune --hosts %@",
            "haz sitio allí, por ejemplo con: fleet prune --hosts %@"
        ),
        ("this push went on where an earlier one was cut off", "este envío siguió donde se había cortado uno anterior"),
        (
            "the lock of a push that was killed was taken over: %@",
            "se tomó el cerrojo de un envío que murió: %@"
        ),
        ("another push had to end first: %@", "primero tuvo que acabar otro envío: %@"),
        ("another push of %@ does not move: by %@, since %@", "otro envío de %@ no avanza: de %@, desde %@"),
        (
            "half an hour after its last sign of life, another push may take its place; end it, or wait",
            "media hora después de su última señal de vida, otro envío puede ocupar su lugar; termínalo o espera"
        ),
        (
            "the version before is still there and current; the next push goes on where this one was cut off",
            "la versión anterior sigue allí y vigente; el próximo envío sigue donde este se cortó"
        ),
        (
            "this host was left as it is: hosts that failed before it: %@",
            "este host se deja como está: hosts que fallaron antes: %@"
        ),
        (
            "repair those hosts, or allow more failures with --max-failures",
            "arregla esos hosts, o permite más fallos con --max-failures"
        ),
        ("%@: the image's base %@ can't be read", "%@: no se puede leer la base %@ de la imagen"),
        (
            "from: takes scratch, python, java, or what lies there: docker save NAME -o %@/base.tar makes a base of an image",
            "from: admite scratch, python, java o lo que haya ahí: docker save NOMBRE -o %@/base.tar hace una base de una imagen"
        ),
        ("the image of %@ could not be built: %@", "no se pudo construir la imagen de %@: %@"),
        ("%@: there is no %@ to build the image from", "%@: no hay ningún %@ con el que construir la imagen"),
        (
            "no base for images could be made of this machine's %@: %@",
            "no se pudo hacer una base de imágenes con el %@ de esta máquina: %@"
        ),
        ("%@ can't be used on the host: %@", "%@ no se puede usar en el host: %@"),
        (
            "give the user the right to it: sudo usermod -aG %@ USER, and log in again",
            "da permiso al usuario: sudo usermod -aG %@ USUARIO, y vuelve a entrar"
        ),
        ("start it there: sudo systemctl start %@", "arráncalo allí: sudo systemctl start %@"),
        ("see what it says there: %@ info", "mira allí qué dice: %@ info"),
        ("%@; %@", "%@; %@"),
        ("more of the image was sent: %@", "se envió más de la imagen: %@"),
        ("%@ did not take the image: %@", "%@ no aceptó la imagen: %@"),
        ("is there room on its disk? see: %@ info", "¿queda sitio en su disco? mira: %@ info"),
        ("the host can't go back: %@", "el host no puede volver atrás: %@"),
        (
            "see what is there with: fleet versions",
            "mira qué hay allí con: fleet versions"
        ),
        (
            "not everything was removed: %@",
            "no se quitó todo: %@"
        ),
        (
            "the files can't be checked: %@",
            "no se pueden comprobar los archivos: %@"
        ),
        (
            "this machine has no archive of %@",
            "esta máquina no tiene el archivo de %@"
        ),
        (
            "repair it from where it was pushed, or push another version",
            "repáralo desde donde se envió, o envía otra versión"
        ),
        (
            "remove the file, or sign again with: fleet package %@ --sign KEY",
            "borra el archivo, o firma otra vez con: fleet package %@ --sign CLAVE"
        ),
        (
            "the host takes signed packages only, but there is no %@ that says whose",
            "el host solo acepta paquetes firmados, pero no hay un %@ que diga por quién"
        ),
        ("write into it what fleet keys show prints", "escribe en él lo que muestra fleet keys show"),
        (
            "%@ is not signed, and the host takes signed packages only",
            "%@ no está firmado, y el host solo acepta paquetes firmados"
        ),
        (
            "fleet package %@ --sign KEY, or set signing_key: in hosts.yaml",
            "fleet package %@ --sign CLAVE, o pon signing_key: en hosts.yaml"
        ),
        ("the signature of %@ is for something else", "la firma de %@ es de otra cosa"),
        ("sign it again", "fírmalo otra vez"),
        ("%@ is signed by a stranger: %@", "%@ está firmado por un desconocido: %@"),
        ("if you trust that key, add its line to %@", "si confías en esa clave, añade su línea a %@"),
        ("%@ is signed by %@, who may not sign packages", "%@ está firmado por %@, que no puede firmar paquetes"),
        ("namespaces= in %@ does not name %@", "namespaces= en %@ no incluye %@"),
        ("%@ is signed by %@, whose key does not count today", "%@ está firmado por %@, cuya clave hoy no vale"),
        ("see valid-after= and valid-before= in %@", "mira valid-after= y valid-before= en %@"),
        (
            "the host can't check signatures: it has neither ssh-keygen nor an openssl that can",
            "el host no puede comprobar firmas: no tiene ssh-keygen ni un openssl que sepa"
        ),
        (
            "the host refuses %@: none of the allowed signers has signed its manifest",
            "el host rechaza %@: ningún firmante permitido ha firmado su manifiesto"
        ),
        (
            "the version before is still there and current; sign the package again, and push it",
            "la versión anterior sigue allí y vigente; firma el paquete otra vez y envíalo"
        ),
        (
            "the host refuses %@: the release there is not signed",
            "el host rechaza %@: la versión que hay allí no está firmada"
        ),
        (
            "push it again, signed: fleet package %@ --sign KEY",
            "envíalo otra vez, firmado: fleet package %@ --sign CLAVE"
        ),
        (
            "no engine of %@ can be built here: %@ is not on the PATH",
            "aquí no se puede construir ningún motor de %@: %@ no está en el PATH"
        ),
        ("install it, or build on a machine that has it", "instálalo, o constrúyelo en una máquina que lo tenga"),
        (
            "%@, which the build step needs, is not on the PATH",
            "%@, que el paso de construcción necesita, no está en el PATH"
        ),
        (
            "another user of the host could replace what runs there: %@ is not the user's alone",
            "otro usuario del host podría reemplazar lo que se ejecuta allí: %@ no es solo del usuario"
        ),
        (
            "there: chmod go-w %@, and give it to the user; or name another folder with root: in the inventory",
            "allí: chmod go-w %@, y dásela al usuario; o indica otra carpeta con root: en el inventario"
        ),
        ("%@ is damaged on the host: %@", "%@ está dañado en el host: %@"),
        ("bring it back with: fleet verify --repair", "recupéralo con: fleet verify --repair"),
        ("%@: the image's base %@ can't be read: %@", "%@: no se puede leer la base de la imagen %@: %@"),
        (
            "a base is a whole archive of docker save or podman save, an OCI layout, or a root file system",
            "una base es un .tar completo de docker save o podman save, un OCI layout o un sistema de archivos raíz"
        ),
        (
            "leave it out with exclude: in package.yaml or a line in .fleetignore; ? and * fit any bytes",
            "déjalo fuera con exclude: en package.yaml o una línea en .fleetignore; ? y * valen por bytes cualesquiera"
        ),
        (
            "%@ is packed without its engine %@: %@, which builds that engine, is not on the PATH",
            "%@ se empaqueta sin su motor %@: %@, que construye ese motor, no está en el PATH"
        ),
        ("%@ is not on the PATH", "%@ no está en el PATH"),
        ("the engine %@ of %@ is packed without its image: %@", "el motor %@ de %@ se empaqueta sin su imagen: %@"),
        (
            "damaged versions: %@",
            "versiones dañadas: %@"
        ),
        (
            "versions without the signature of an allowed signer: %@",
            "versiones sin la firma de un firmante permitido: %@"
        ),
        (
            "sign and push them again, or see who may sign: inventory/allowed_signers",
            "fírmalas y envíalas de nuevo, o mira quién puede firmar: inventory/allowed_signers"
        ),
    ]
}
