using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>A call of an operation on tensors, whichever of its spellings it has: method, function, in-place.</summary>
internal sealed class TensorCall
{
    private readonly List<IArgumentOperation> _arguments;
    private readonly HashSet<string> _taken = ["inplace"];

    public TensorCall(IInvocationOperation operation)
    {
        Operation = operation;
        string name = operation.TargetMethod.Name;
        HasInPlaceName = name.EndsWith("_", StringComparison.Ordinal);
        Name = HasInPlaceName ? name.Substring(0, name.Length - 1) : name;
        _arguments = [.. operation.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? 0)];
        Input = operation.Instance;
        if (Input is null && _arguments.Count > 0)
        {
            Input = _arguments[0].Value;
            _arguments.RemoveAt(0);
        }
    }

    public IInvocationOperation Operation { get; }

    /// <summary>PyTorch's name, without the underscore of in-place methods.</summary>
    public string Name { get; }

    /// <summary>Whether the name ends in an underscore.</summary>
    public bool HasInPlaceName { get; }

    /// <summary>The argument that asks to work in place.</summary>
    public IOperation? InPlaceArgument => _arguments.FirstOrDefault(argument => argument.Parameter?.Name == "inplace")?.Value;

    /// <summary>The tensor, or tensors, that it works on; null where there is none.</summary>
    public IOperation? Input { get; }

    /// <summary>Arguments that were written and that nobody has taken.</summary>
    public IEnumerable<IArgumentOperation> Untaken => _arguments.Where(argument =>
        argument.ArgumentKind != ArgumentKind.DefaultValue && !_taken.Contains(argument.Parameter?.Name ?? "") && Constants.Of(Constants.Unconverted(argument.Value)) is not { Value: null });

    /// <summary>The value of the parameter that has one of these names, its default included; null where there is no such parameter.</summary>
    public IOperation? Take(params string[] names)
    {
        IArgumentOperation? found = _arguments.FirstOrDefault(argument => argument.Parameter is { } parameter && names.Contains(parameter.Name));
        if (found is not null)
            _taken.Add(found.Parameter!.Name);
        return found?.Value;
    }

    /// <summary>Whether there is a parameter of this name.</summary>
    public bool Has(string name) => _arguments.Any(argument => argument.Parameter?.Name == name);

    /// <summary>Takes every argument: none of them matters.</summary>
    public void TakeAll() => _taken.UnionWith(_arguments.Select(argument => argument.Parameter?.Name ?? ""));
}
