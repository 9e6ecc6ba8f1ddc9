import java.util.Arrays;

class Main {
    static final int[] ROUND_CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    };

    static final int[] STATE = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };

    static int rotate(int x, int count) {
        return x >>> count | x << (32 - count);
    }

    static void compress(int[] w) {
        for (int i = 16; i < 64; i++) {
            int x = w[i - 15], y = w[i - 2];
            int s0 = rotate(x, 7) ^ rotate(x, 18) ^ x >>> 3;
            int s1 = rotate(y, 17) ^ rotate(y, 19) ^ y >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int a = STATE[0], b = STATE[1], c = STATE[2], d = STATE[3];
        int e = STATE[4], f = STATE[5], g = STATE[6], h = STATE[7];
        for (int i = 0; i < 64; i++) {
            int s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
            int choice = e & f ^ ~e & g;
            int t1 = h + s1 + choice + ROUND_CONSTANTS[i] + w[i];
            int s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
            int majority = a & b ^ a & c ^ b & c;
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + s0 + majority;
        }
        STATE[0] += a;
        STATE[1] += b;
        STATE[2] += c;
        STATE[3] += d;
        STATE[4] += e;
        STATE[5] += f;
        STATE[6] += g;
        STATE[7] += h;
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 300000;
        int[] w = new int[64];
        for (int block = 0; block < n; block++) {
            for (int i = 0; i < 16; i++) w[i] = block * 16 + i;
            compress(w);
        }
        Arrays.fill(w, 0, 16, 0);
        w[0] = 0x80000000;
        w[15] = n * 512;
        compress(w);
        StringBuilder text = new StringBuilder();
        for (int word : STATE) text.append(String.format("%08x", word));
        System.out.println(text);
    }
}
