import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream on which every single read has its time, which HttpClient gives to the head of a response alone. */
final class ImpatientStream extends InputStream {
    private static final byte[] END = new byte[0];

    private final InputStream source;
    private final Duration patience;
    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private volatile IOException failure;
    private byte[] piece = END;
    private int place;
    private boolean isOver;

    ImpatientStream(InputStream source, Duration patience) {
        this.source = source;
        this.patience = patience;
        Thread reader = new Thread(this::fill);
        reader.setDaemon(true);
        reader.start();
    }

    private void fill() {
        byte[] buffer = new byte[8192];
        try {
            for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
                if (count > 0) {
                    pieces.add(Arrays.copyOf(buffer, count));
                }
            }
        } catch (IOException error) {
            failure = error;
        }
        pieces.add(END);
    }

    @Override
    public int read() throws IOException {
        if (place == piece.length && !isOver) {
            next();
        }
        return isOver ? -1 : piece[place++] & 0xFF;
    }

    /** InputStream's own takes a failure for the end once it has read anything. */
    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
        int first = length == 0 ? 0 : read();
        if (length == 0 || first < 0) {
            return first;
        }
        buffer[start] = (byte) first;
        int count = Math.min(length - 1, piece.length - place);
        System.arraycopy(piece, place, buffer, start + 1, count);
        place += count;
        return count + 1;
    }

    private void next() throws IOException {
        try {
            piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException error) {
            throw new IOException(error);
        }
        if (piece == null) {
            piece = END;
            isOver = true;
            throw new HttpTimeoutException("silence");
        }
        place = 0;
        isOver = piece.length == 0;
        if (isOver && failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
