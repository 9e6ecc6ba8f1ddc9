import java.util.Locale;

class Main {
    static double[][] matrix(int n, double seed) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) rows[i][j] = (double) (i - j) * (double) (i + j) * seed;
        }
        return rows;
    }

    static double[][] multiply(double[][] a, double[][] b, int n) {
        double[][] c = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] row = new double[n];
            double[] aRow = a[i];
            for (int j = 0; j < n; j++) {
                double sum = 0.0;
                for (int k = 0; k < n; k++) sum += aRow[k] * b[k][j];
                row[j] = sum;
            }
            c[i] = row;
        }
        return c;
    }

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 600;
        double seed = 1.0 / n / n;
        double[][] c = multiply(matrix(n, seed), matrix(n, seed), n);
        double trace = 0.0;
        for (int i = 0; i < n; i++) trace += c[i][i];
        System.out.println(String.format(Locale.ROOT, "%.9f %.9f", c[n / 2][n / 2], trace));
    }
}
