import java.util.Arrays;
import java.util.Locale;

class Main {
    static double element(long i, long j) {
        long ij = i + j;
        return 1.0 / (double) ((ij * (ij + 1) >> 1) + i + 1);
    }

    static void multiplyAv(double[] v, double[] result) {
        int n = v.length;
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int j = 0; j < n; j++) sum += element(i, j) * v[j];
            result[i] = sum;
        }
    }

    static void multiplyAtv(double[] v, double[] result) {
        int n = v.length;
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int j = 0; j < n; j++) sum += element(j, i) * v[j];
            result[i] = sum;
        }
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 1600;
        double[] u = new double[n], v = new double[n], w = new double[n];
        Arrays.fill(u, 1.0);
        for (int i = 0; i < 10; i++) {
            multiplyAv(u, w);
            multiplyAtv(w, v);
            multiplyAv(v, w);
            multiplyAtv(w, u);
        }
        double vbv = 0.0, vv = 0.0;
        for (int i = 0; i < n; i++) {
            vbv += u[i] * v[i];
            vv += v[i] * v[i];
        }
        System.out.println(String.format(Locale.ROOT, "%.9f", Math.sqrt(vbv / vv)));
    }
}
