using System.Globalization;

namespace Helu.Inference.Modules;

/// <summary>
/// The values that a module's attributes can have: bool, long, double, string and arrays of these, which is what a weights file stores. An int or float is
/// kept as long or double.
/// </summary>
internal static class AttributeValues
{
    /// <summary>The value in the form that is kept; null where its type can't be.</summary>
    public static object? Kept(object? value) => value switch
    {
        bool or long or double or string or bool[] or long[] or double[] or string[] => value,
        int or short or byte or sbyte or ushort or uint => Convert.ToInt64(value, null),
        float single => (double)single,
        Enum => Convert.ToInt64(value, null),
        IEnumerable<int> ints => ints.Select(i => (long)i).ToArray(),
        IEnumerable<float> floats => floats.Select(f => (double)f).ToArray(),
        IEnumerable<long> longs => longs.ToArray(),
        IEnumerable<double> doubles => doubles.ToArray(),
        IEnumerable<bool> bools => bools.ToArray(),
        IEnumerable<string> strings => strings.ToArray(),
        _ => null,
    };

    /// <summary>The kept value as what the reader wants.</summary>
    /// <exception cref="InvalidOperationException">It is of another kind.</exception>
    public static T As<T>(object kept, string name)
    {
        object? value = kept switch
        {
            T => kept,
            long whole when typeof(T) == typeof(int) => checked((int)whole),
            long whole when typeof(T) == typeof(double) => (double)whole,
            long whole when typeof(T) == typeof(float) => (float)whole,
            double number when typeof(T) == typeof(float) => (float)number,
            long[] wholes when typeof(T) == typeof(int[]) => Array.ConvertAll(wholes, whole => checked((int)whole)),
            long[] wholes when typeof(T) == typeof(double[]) => Array.ConvertAll(wholes, whole => (double)whole),
            long[] wholes when typeof(T) == typeof(float[]) => Array.ConvertAll(wholes, whole => (float)whole),
            long[] { Length: 0 } when typeof(T) == typeof(bool[]) => Array.Empty<bool>(),
            long[] { Length: 0 } when typeof(T) == typeof(string[]) => Array.Empty<string>(),
            string text when typeof(T) == typeof(double) && double.TryParse(text, CultureInfo.InvariantCulture, out double number) => number,
            string text when typeof(T) == typeof(float) && float.TryParse(text, CultureInfo.InvariantCulture, out float number) => number,
            double[] numbers when typeof(T) == typeof(float[]) => Array.ConvertAll(numbers, number => (float)number),
            _ => null,
        };
        return value is T result
            ? result
            : throw new InvalidOperationException($"'{name}' is {kept.GetType().Name} in the frozen model; the forward reads it as {typeof(T).Name}.");
    }
}
