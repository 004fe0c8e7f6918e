namespace Helu.Tests;

internal static class Cases
{
    /// <summary>Every first with every second.</summary>
    public static TheoryData<T1, T2> Pairs<T1, T2>(IEnumerable<T1> firsts, IEnumerable<T2> seconds)
    {
        T2[] all = [.. seconds];
        var data = new TheoryData<T1, T2>();
        foreach (T1 first in firsts)
        {
            foreach (T2 second in all)
                data.Add(first, second);
        }
        return data;
    }
}
