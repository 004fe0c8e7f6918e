namespace Dying.Comparing;

/// <summary>The exact two-sided sign test: how likely pairs fall this unevenly when either way is as likely as the other.</summary>
internal static class SignTest
{
    /// <summary>
    /// min(1, 2 P(X ≤ min(better, worse))), X binomial with n = better + worse and p = 1/2. Ties are left out (Dixon and Mood, 1946).
    /// </summary>
    public static double PValue(int better, int worse)
    {
        int pairs = better + worse;
        double term = Math.Pow(0.5, pairs), sum = 0;
        for (int k = 0; k <= Math.Min(better, worse); k++)
        {
            sum += term;
            term *= (pairs - k) / (k + 1.0);
        }
        return Math.Min(1, 2 * sum);
    }
}
