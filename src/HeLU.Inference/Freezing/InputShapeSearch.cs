using Helu.Inference.Graphs;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;

namespace Helu.Inference;

/// <summary>
/// Tells the shape of a model's only input from its weights where they leave one possibility: a first Linear takes its in_features; for a first
/// convolution the square images that the whole forward accepts are tried, and of several the one of which no pixel is dropped counts.
/// </summary>
internal static class InputShapeSearch
{
    private const int LargestImage = 1024;

    /// <exception cref="ArgumentException">A given shape does not fit the forward.</exception>
    /// <exception cref="NotSupportedException">None is given, and one of the modules has no inference path.</exception>
    /// <exception cref="InvalidOperationException">None is given, and none or several are possible.</exception>
    public static long[][] Find(ModuleNode root, ModelClass model, ForwardSettings settings, long[][]? given)
    {
        if (given is not null)
            return Checked(root, model, settings, given);
        if (model.IndexInputs is [false] && First(root) is { } layer)
        {
            List<(long[] Shape, bool Drops)> possible = [.. Candidates(layer).SelectMany(shape => Fits(root, model, settings, shape))];
            List<long[]> whole = [.. possible.Where(candidate => !candidate.Drops).Select(candidate => candidate.Shape)];
            if (whole.Count == 1)
                return [whole[0]];
            if (possible.Count == 1)
                return [possible[0].Shape];
        }
        // With such a module no shape would help.
        if (root.DescendantsAndSelf().FirstOrDefault(module => module.Count == 0 && !ModuleTypes.IsKnown(module.Type)) is { } unknown)
            throw ModuleTypes.Unknown(unknown.Path, unknown.Type);
        throw new InvalidOperationException(
            $"The shape of the input{(model.Inputs.Length == 1 ? "" : "s")} {string.Join(", ", model.Inputs)} of {root.Type} can't be told from the weights alone. Set InputShapes in the options "
            + "to one sample's, without the batch: InputShapes = [[3, 224, 224]].");
    }

    private static long[][] Checked(ModuleNode root, ModelClass model, ForwardSettings settings, long[][] given)
    {
        if (given.Length != model.Inputs.Length)
            throw new ArgumentException($"{root.Type} has the inputs {string.Join(", ", model.Inputs)}; found {given.Length} shapes in InputShapes.");
        foreach (long[] shape in given)
        {
            if (shape.Any(size => size < 1))
                throw new ArgumentException($"Sizes in InputShapes must be 1 or more, without the batch; found {Shapes.Text(shape)}.");
        }
        Graph.Record(root, model, [.. given.Select(shape => (long[])[1, .. shape])], settings);
        return given;
    }

    private static ModuleNode? First(ModuleNode root) => root.DescendantsAndSelf().FirstOrDefault(module => module.Type is "Linear" or "Conv1d" or "Conv2d");

    private static IEnumerable<long[]> Candidates(ModuleNode layer)
    {
        if (layer.Type == "Linear")
            return [[layer.Attribute<long>("in_features")]];
        long channels = layer.Attribute<long>("in_channels");
        IEnumerable<long> sizes = Enumerable.Range(1, LargestImage).Select(size => (long)size);
        return layer.Type == "Conv1d" ? sizes.Select(size => (long[])[channels, size]) : sizes.Select(size => (long[])[channels, size, size]);
    }

    private static IEnumerable<(long[] Shape, bool Drops)> Fits(ModuleNode root, ModelClass model, ForwardSettings settings, long[] shape)
    {
        try
        {
            // Two samples, so that a forward which mixes up batch and features is not taken for one that fits.
            Graph graph = Graph.Record(root, model, [[2, .. shape]], settings);
            return [(shape, graph.DropsPixels)];
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or ArithmeticException or InvalidOperationException)
        {
            // The forward's own arithmetic on shapes can fail in any of these ways.
            return [];
        }
    }
}
