using System.Globalization;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Structure;

/// <summary>Reads the calls that make modules: TorchSharp's factories, containers, constructors of model classes.</summary>
/// <param name="reader">Reads model classes.</param>
internal sealed class ModuleFactories(StructureReader reader)
{
    /// <summary>Null where the call makes no module that is known.</summary>
    public Built? Read(IInvocationOperation call, ValueReader values)
    {
        IMethodSymbol method = call.TargetMethod;
        if (TorchTypes.IsHeluExtension(method) && reader.Types.IsModuleType(method.ReturnType))
            return Layer(call, values);
        if (!TorchTypes.Same(method.ContainingType, reader.Types.Nn))
            return null;
        if (SwapForms.BuildsContainer(method, reader.Types) is not null || (method.Name == "Sequential" && method.Parameters.IsEmpty))
            return Container(call, values);
        if (method.Name.Contains("Dropout"))
            return Built.Of(new ModuleStructure.Layer("Identity", default));
        return reader.Types.IsModuleType(method.ReturnType) ? Layer(call, values) : null;
    }

    /// <summary>Null where the class is not a model.</summary>
    public Built? Read(IObjectCreationOperation creation, ValueReader values)
    {
        if (creation.Constructor is not { } constructor || !reader.Types.IsModuleType(creation.Type) || creation.Initializer is not null)
            return null;
        Built[] arguments = [.. creation.Arguments.OrderBy(argument => argument.Parameter!.Ordinal).Select(argument => values.Read(argument.Value))];
        StructureReading structure = reader.Read((INamedTypeSymbol)creation.Type!, constructor, arguments);
        return structure.Model is { } model ? Built.Of(model) : Built.Unknown(structure.Fault!);
    }

    /// <summary>A layer whose arguments the inference runtime's factory of that name has too.</summary>
    private Built? Layer(IInvocationOperation call, ValueReader values)
    {
        var arguments = new List<NamedValue>();
        var types = new List<IParameterSymbol>();
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Parameter is not { } parameter || parameter.Name == "device" || IsDefault(argument, parameter))
                continue;
            Built value = values.Read(argument.Value);
            if (value.Value is not { } constant)
                return value.Fault is null ? null : value;
            arguments.Add(new(parameter.Name, constant));
            types.Add(parameter);
        }
        if (call.TargetMethod.Name == "ReLU" && reader.Swap(call) is { Spec.Kind: Kind.PReLU } learned)
            return Built.Of(new ModuleStructure.Activation(learned, IsInPlace: false));
        return HasFactory(call.TargetMethod.Name, types) ? Built.Of(new ModuleStructure.Layer(call.TargetMethod.Name, new([.. arguments]))) : null;
    }

    private static bool IsDefault(IArgumentOperation argument, IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue && Constants.Unconverted(argument.Value).ConstantValue is { HasValue: true } given && Equals(given.Value, parameter.ExplicitDefaultValue);

    private bool HasFactory(string name, List<IParameterSymbol> parameters) => reader.Types.Structure is { } structure && structure.GetMembers(name).OfType<IMethodSymbol>().Any(factory =>
        parameters.All(parameter => factory.Parameters.Any(known => known.Name == parameter.Name && SymbolEqualityComparer.Default.Equals(known.Type, parameter.Type)))
        && factory.Parameters.Where(known => !known.IsOptional).All(known => parameters.Any(parameter => parameter.Name == known.Name)));

    private Built? Container(IInvocationOperation call, ValueReader values)
    {
        var children = new List<NamedModule>();
        IOperation? given = call.Arguments.FirstOrDefault()?.Value;
        IEnumerable<IOperation>? items = given switch
        {
            null => [],
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ICollectionExpressionOperation list => list.Elements,
            _ => null,
        };
        if (items is null)
            return null;
        Annotation? swap = reader.Swap(call);
        foreach (IOperation item in items.Select(Constants.Unconverted))
        {
            string name = children.Count.ToString(CultureInfo.InvariantCulture);
            IOperation module = item;
            if (item is ITupleOperation { Elements: [{ } key, { } element] })
            {
                if (values.Read(key).Value is not Expression.Constant { Value: string known })
                    return Built.Unknown(StructureReader.Place(key.Syntax));
                (name, module) = (known, element);
            }
            Built child = values.Read(module);
            if (Place(child, swap) is not { } placed)
                return child.Fault is null ? Built.Unknown(StructureReader.Place(module.Syntax)) : child;
            children.Add(new(name, placed));
        }
        return Built.Of(new ModuleStructure.Container(call.TargetMethod.Name, new([.. children])));
    }

    /// <summary>A child of a container; null where it is no module, or stands in another place already.</summary>
    private static ModuleStructure? Place(Built child, Annotation? swap)
    {
        if (child.Module is null || child.IsPlaced)
            return null;
        child.IsPlaced = true;
        return swap is { } activation && child.Module is ModuleStructure.Layer { Factory: "ReLU" } relu
            ? new ModuleStructure.Activation(activation, relu.Arguments.Any(argument => argument is { Name: "inplace", Value: Expression.Constant { Value: true } }))
            : child.Module;
    }
}
